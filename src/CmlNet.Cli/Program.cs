return CmlNet.Cli.ExitCodes.Success;
