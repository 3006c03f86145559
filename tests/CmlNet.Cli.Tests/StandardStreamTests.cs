using CmlNet.Cli.Tests.Commands.Run;

namespace CmlNet.Cli.Tests;

public sealed class StandardStreamTests
{
    [SkippableTheory]
    [InlineData("schema", ">&-", "standard output cannot be written to: it is closed")]
    [InlineData("--version", ">&-", "standard output cannot be written to: it is closed")]
    [InlineData("schema", ">/dev/full", "standard output cannot be written to: No space left on device")]
    public async Task Output_CannotBeWritten_IsToldInOneLine(string command, string redirection, string told)
    {
        CmlResult result = await RunAsync(command, redirection);
        Assert.Equal((ExitCodes.Failure, $"cml: {told}"), (result.ExitCode, result.Error.Trim()));
    }

    [SkippableTheory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public async Task Error_CannotBeWritten_ChangesNothing(string redirection)
    {
        Assert.Equal(ExitCodes.Success, (await RunAsync("schema", redirection)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("report --no-such-option", redirection)).ExitCode);
    }

    [SkippableFact]
    public async Task Output_ReaderEndsFirst_IsNoFailure()
    {
        await using CmlProcess process = CmlProcess.Start(Path.GetTempPath(), ["schema"], wrapper: ["sh", "-c", "{ \"$@\"; echo $? >&2; } | head -c 1", "sh"]);
        CmlResult result = await process.WaitAsync();
        Assert.Equal(("{", "0"), (result.Out.Trim(), result.Error.Trim()));
    }

    private static async Task<CmlResult> RunAsync(string command, string redirection)
    {
        await using CmlProcess process = CmlProcess.Start(Path.GetTempPath(), command.Split(' '), wrapper: ["sh", "-c", $"exec \"$@\" {redirection}", "sh"]);
        return await process.WaitAsync();
    }
}
