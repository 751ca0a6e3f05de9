import { BackupClient, DescribeRecoveryPointCommand } from "@aws-sdk/client-backup";
import { OperationError, outputOf, type Installation } from "./installation.ts";

/**
 * The moment of which a backup has the data, in RFC 3339.
 * @param arn of a recovery point in the stage's vault
 * @throws OperationError if it is not there
 */
export async function momentOfBackup(arn: string, installation: Installation): Promise<string> {
  const client = new BackupClient(installation.client);
  const vault = outputOf(installation, "BackupVault");
  try {
    const command = new DescribeRecoveryPointCommand({ BackupVaultName: vault, RecoveryPointArn: arn });
    const { CreationDate } = await client.send(command);
    if (CreationDate) return CreationDate.toISOString();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
  }
  throw new OperationError(`The vault ${vault} has no recovery point ${arn}.`);
}
