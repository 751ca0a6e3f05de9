/**
 * Domains at which anybody can have an address: the large providers, and those of Dutch access providers. An address
 * there tells nothing of an organisation (DESIGN §2, A user). Collected by hand from the providers' own sites.
 */
const publicDomains = new Set(
  `gmail.com googlemail.com outlook.com outlook.nl hotmail.com hotmail.nl hotmail.be live.com live.nl live.be msn.com
  yahoo.com yahoo.nl yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com aol.com gmx.com gmx.net gmx.de web.de
  mail.com email.com proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io fastmail.com hey.com zoho.com yandex.com
  mail.ru inbox.com hushmail.com startmail.com mailbox.org posteo.de posteo.net duck.com
  ziggo.nl ziggomail.com upcmail.nl chello.nl home.nl casema.nl quicknet.nl multiweb.nl zeelandnet.nl
  kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl telfort.nl telfortglasvezel.nl tiscali.nl tele2.nl versatel.nl
  online.nl wanadoo.nl freeler.nl concepts.nl caiway.nl caiway.net solcon.nl delta.nl deltamail.nl odido.nl t-mobile.nl
  vodafone.nl vodafonevast.nl simpel.nl freedom.nl onsbrabantnet.nl onsnet.nu kabelfoon.nl filternet.nl kliksafe.nl
  cambrium.nl introweb.nl solconmail.nl telenet.be skynet.be proximus.be scarlet.be pandora.be
  mailinator.com guerrillamail.com 10minutemail.com yopmail.com trashmail.com temp-mail.org sharklasers.com
  maildrop.cc dispostable.com getnada.com`.split(/\s+/),
);

/** True for a public mail provider's domain, and for one below it. */
export function isPublicDomain(domain: string): boolean {
  const labels = domain.toLowerCase().split(".");
  return labels.some((_, index) => publicDomains.has(labels.slice(index).join(".")));
}
