namespace CmlNet.Cli.Tests.Commands.Run.Actions;

/// <summary><c>cml run --action</c>, from the command line to the run directory.</summary>
public sealed class ActionFlagTests
{
    private const string Workflow = """
        on: push
        jobs:
          one:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - id: act
                uses: acme/greet@v1
                with: { who: Ada }
              - run: test "${{ steps.act.outputs.text }}" = "hello Ada"
        """;

    private const string Manifest = """
        inputs: { who: { required: true } }
        outputs: { text: { value: '${{ steps.say.outputs.text }}' } }
        runs:
          using: composite
          steps:
            - { id: say, shell: sh, run: 'echo "text=hello ${{ inputs.who }}" >> "$GITHUB_OUTPUT"' }
        """;

    [SkippableFact]
    public async Task Action_GivenAFolder_RunsFromThere()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync(Workflow);
        tree.Write("mirror/action.yml", Manifest);
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--action", "acme/greet@v1=mirror"]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [SkippableTheory]
    [InlineData("acme/greet=mirror", "cml run: --action acme/greet=mirror: expected OWNER/REPO@REF=DIR.")]
    [InlineData("acme/greet@v1=nowhere", "cml run: --action acme/greet@v1=nowhere: there is no such folder.")]
    [InlineData("acme/greet@v1", "cml run: --action acme/greet@v1: expected NAME=VALUE.")]
    public async Task Action_GivenSomethingElse_IsRefused(string argument, string message)
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync(Workflow);
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--action", argument]);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(message, result.Error.TrimEnd('\n'));
    }
}
