using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>The oracle is <c>sha256sum</c>; what is done with links is the official runner's.</summary>
public sealed class HashFilesTests
{
    private const string Links = """
        - run: |
            mkdir -p real && printf 1 > real/a.txt && printf 2 > real/b.txt && printf 3 > "$RUNNER_TEMP/c.txt"
            ln -s real/a.txt link.txt && ln -s real folder && ln -s "$RUNNER_TEMP/c.txt" temporary && ln -s .. real/up
            ln -s gone broken && ln -s /etc/passwd away && ln -s circle circle
            of() { for file; do printf "$(sha256sum < "$file" | cut -d' ' -f1 | sed 's/../\\x&/g')"; done | sha256sum | cut -d' ' -f1; }
            { echo a=$(of real/a.txt); echo c=$(of "$RUNNER_TEMP/c.txt"); echo ab=$(of real/a.txt real/b.txt); echo aa=$(of real/a.txt real/a.txt); } >> $GITHUB_OUTPUT
          id: sum
        """;

    [SkippableTheory]
    [InlineData("'real/*.txt'", "ab")]
    [InlineData("'link.txt'", "a")]
    [InlineData("'folder/a.txt'", "a")]
    [InlineData("'real/up/link.txt'", "a")]
    [InlineData("'temporary'", "c")]
    [InlineData("'folder'", "")]
    [InlineData("'folder/*.txt'", "")]
    [InlineData("'**/a.txt', 'link.txt'", "aa")]
    [InlineData("'--follow-symbolic-links', 'folder/*.txt'", "ab")]
    [InlineData("'--follow-symbolic-links', 'folder', '!**/b.txt', '!folder/up/**'", "a")]
    public async Task HashFiles_OverLinks_HashesWhatTheyLeadTo(string patterns, string sum)
    {
        using var run = new ActionRun(ActionRun.OneJob(Links + $$$"""

            - run: test "${{ hashFiles({{{patterns}}}) }}" = "{{{(sum.Length == 0 ? "" : $$$"""${{ steps.sum.outputs.{{{sum}}} }}""")}}}"
            """));
        run.AssertSucceeded(await run.RunAsync("process"));
    }

    [SkippableTheory]
    [InlineData("'broken'", "'broken' is a link that leads to nothing")]
    [InlineData("'away'", "'away' cannot be read: it is a link to /etc/passwd, which is not in the workspace, the home or the temp folder of the job")]
    [InlineData("'circle'", "'circle' cannot be read: it is a link that leads in a circle")]
    [InlineData("'--deep', 'a'", "Invalid glob option --deep, available option: '--follow-symbolic-links'.")]
    public async Task HashFiles_WhatCannotBeHashed_FailsAndNamesIt(string patterns, string message)
    {
        using var run = new ActionRun(ActionRun.OneJob(Links + $$$"""

            - run: echo "${{ hashFiles({{{patterns}}}) }}"
            """));
        RunRecord record = await run.RunAsync("process");
        Assert.Equal(Conclusions.Failure, record.Conclusion);
        Assert.Contains(record.Jobs[0].Annotations, annotation => annotation.Message.Contains(message, StringComparison.Ordinal));
    }
}
