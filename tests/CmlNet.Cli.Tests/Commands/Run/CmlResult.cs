namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>How a <c>cml</c> process ended.</summary>
internal sealed record CmlResult(int ExitCode, string Out, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";
}
