using CmlNet.Workflows.Model;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Model;

public sealed class WorkflowParserPropertyTests
{
    private static readonly string[] Fragments =
    [
        "on: push\n", "jobs:\n", "  a:\n", "    runs-on: x\n", "    steps:\n", "      - run: ls\n", "        if: a\n", "    needs: [a]\n", "    strategy: {matrix: {v: [1]}}\n",
        "[", "]", "{", "}", ": ", "- ", "'", "\"", "&a ", "*a", "!!int ", "!x ", "? ", "|\n", ">-\n", "# c\n", "\t", "\n", "  ", "---\n", "...\n", "%YAML 1.2\n", ",", "${{ ", " }}", "insert",
        "\0", "\uFEFF", "\uD800", "é", "0x", "<<: ", "@", "`",
    ];

    [Fact]
    public void Parsing_AnyText_NeverThrows() =>
        Prop.ForAll(Gen.Elements(Fragments).ArrayOf().Select(string.Concat).ToArbitrary(), NeverThrows)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Parsing_ACutOrChangedWorkflow_NeverThrows()
    {
        const string Whole = "on: {push: {branches: [main]}}\nenv: {A: \"${{ github.ref }}\"}\njobs:\n  a:\n    runs-on: [x, 'y']\n    strategy: {matrix: {v: [1, 2], include: [{v: 1, w: z}]}}\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          echo ${{ matrix.v }}\n        if: always()\n";
        Prop.ForAll(Gen.Choose(0, Whole.Length).Two().SelectMany(cut => Gen.Elements(Fragments).Select(fragment => Whole[..Math.Min(cut.Item1, cut.Item2)] + fragment + Whole[Math.Max(cut.Item1, cut.Item2)..])).ToArbitrary(), NeverThrows)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool NeverThrows(string text)
    {
        WorkflowParseResult result = WorkflowParser.Parse("w.yml", text);
        return (result.Workflow is null) == (result.Errors.Count > 0) && result.Errors.All(error => error.Message.Length > 0);
    }
}
