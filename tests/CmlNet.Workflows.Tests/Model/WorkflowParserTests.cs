using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Model;

public sealed class WorkflowParserTests
{
    private static string Errors(string text, WorkflowParseOptions? options = null) =>
        ErrorText.Of(WorkflowParser.Parse("w.yml", text.ReplaceLineEndings("\n"), options).Errors);

    private static Workflow Parse(string text)
    {
        WorkflowParseResult result = WorkflowParser.Parse("w.yml", text.ReplaceLineEndings("\n"));
        Assert.Empty(result.Errors);
        return Assert.IsType<Workflow>(result.Workflow);
    }

    private static string Job(string body) => $"on: push\njobs:\n  a:\n    runs-on: x\n{body}";

    [Fact]
    public void Workflow_WithErrorsEverywhere_TellsAllAtOnce() => Assert.Equal(
        """
        w.yml:1:12: Unexpected value 'psuh' (there is no such event)
        w.yml:4:5: Unexpected value 'run-on'
        w.yml:4:5: There's not enough info to determine what you meant. Add one of these properties: cancel-timeout-minutes, container, continue-on-error, defaults, env, environment, outputs, runs-on, secrets, services, snapshot, steps, timeout-minutes, uses, with
        w.yml:8:12: Job 'b' depends on unknown job 'c'.
        w.yml:10:9: Unexpected value 'rum'
        w.yml:10:9: There's not enough info to determine what you meant. Add one of these properties: run, shell, uses, with, working-directory
        w.yml:11:14: Unrecognized named-value: 'gihub'. Located at position 1 within expression: gihub.ref
        w.yml:12:13: 'shaa' is not a key of the 'github' context (did you mean github.sha?)
        w.yml:14:14: Job 'b' uses 'needs.a' but does not need it (add 'a' to the job's needs)
        w.yml:15:26: Unexpected value 'soon'
        """,
        Errors("""
            on: [push, psuh]
            jobs:
              a:
                run-on: x

              b:
                runs-on: x
                needs: c
                steps:
                  - rum: ls
                  - run: echo ${{ gihub.ref }}
                  - if: github.shaa
                    run: ls
                  - run: echo ${{ needs.a.outputs.x }}
                    timeout-minutes: soon
            """));

    [Theory]
    [InlineData("jobs: {a: {runs-on: x}}", "w.yml:1:1: No event triggers defined in `on` (add for example `on: push`)")]
    [InlineData("on: push", "w.yml:1:1: Required property is missing: jobs")]
    [InlineData("on: push\njobs: {}", "w.yml:2:7: The workflow must contain at least one job with no dependencies.")]
    [InlineData("on: push\non: push\njobs: {a: {runs-on: x}}", "w.yml:2:1: 'on' is already defined")]
    [InlineData("on: push\njobs: {a: {runs-on: x}, A: {runs-on: y}}", "w.yml:2:25: 'A' is already defined")]
    [InlineData("on: push\njobs: []", "w.yml:2:7: A sequence was not expected")]
    [InlineData("on: push\njobs: {a: {runs-on: x, steps: {}}}", "w.yml:2:31: A mapping was not expected")]
    [InlineData("on: push\nname: ${{ github.ref }}\njobs: {a: {runs-on: x}}", "w.yml:2:7: Unrecognized named-value: 'github'. Located at position 1 within expression: github.ref")]
    [InlineData("on: push\nname: ${{ 1 }}\njobs: {a: {runs-on: x}}", "w.yml:2:7: A template expression is not allowed in this context")]
    [InlineData("on: push\nrun-name: ${{ }}\njobs: {a: {runs-on: x}}", "w.yml:2:11: An expression was expected")]
    [InlineData("on: push\nenv: {A: '${{ job.x }}'}\njobs: {a: {runs-on: x}}", "w.yml:2:10: Unrecognized named-value: 'job'. Located at position 1 within expression: job.x")]
    [InlineData("on: push\njobs: {1a: {runs-on: x}}", "w.yml:2:8: The identifier '1a' is invalid. IDs may only contain alphanumeric characters, '_', and '-'. IDs must start with a letter or '_' and and must be less than 100 characters.")]
    [InlineData("on: push\njobs: {__a: {runs-on: x}}", "w.yml:2:8: The identifier '__a' is invalid. IDs starting with '__' are reserved.")]
    [InlineData("on: push\njobs:\n  r: {runs-on: x}\n  a: {runs-on: x, needs: b}\n  b: {runs-on: x, needs: [a, r]}", "w.yml:4:26: Job 'a' depends on job 'b' which creates a cycle in the dependency graph.\nw.yml:5:27: Job 'b' depends on job 'a' which creates a cycle in the dependency graph.")]
    [InlineData("on: push\npermissions: {contents: writ}\njobs: {a: {runs-on: x}}", "w.yml:2:25: Unexpected value 'writ'")]
    [InlineData("on: {push: {brunches: [a]}}\njobs: {a: {runs-on: x}}", "w.yml:1:13: Unexpected value 'brunches' ('push' takes branches, branches-ignore, tags, tags-ignore, paths, paths-ignore)")]
    [InlineData("on: {push: {branches: [a], branches-ignore: [b]}}\njobs: {a: {runs-on: x}}", "w.yml:1:45: you may only define one of `branches` and `branches-ignore` for a single event")]
    [InlineData("on: {push: {tags: ['v[']}}\njobs: {a: {runs-on: x}}", "w.yml:1:20: Invalid filter pattern 'v['")]
    [InlineData("on: {pull_request: {types: [opened, opend]}}\njobs: {a: {runs-on: x}}", "w.yml:1:37: Unexpected value 'opend' ('pull_request' has the types assigned, unassigned, labeled, unlabeled, opened, edited, closed, reopened, synchronize, converted_to_draft, locked, unlocked, enqueued, dequeued, milestoned, demilestoned, ready_for_review, review_requested, review_request_removed, auto_merge_enabled, auto_merge_disabled, stacked)")]
    [InlineData("on: {watch: {types: stopped}}\njobs: {a: {runs-on: x}}", "w.yml:1:21: Unexpected value 'stopped' ('watch' has the types started)")]
    [InlineData("on: {schedule: {cron: '0 0 * * *'}}\njobs: {a: {runs-on: x}}", "w.yml:1:16: A mapping was not expected")]
    [InlineData("on: {schedule: [{timezone: UTC}]}\njobs: {a: {runs-on: x}}", "w.yml:1:17: Required property is missing: cron")]
    [InlineData("on: {schedule: [{cron: '0 0 * * *', zone: UTC}]}\njobs: {a: {runs-on: x}}", "w.yml:1:37: Unexpected value 'zone'")]
    [InlineData("on: {schedule: [{cron: '0 24 * * *'}]}\njobs: {a: {runs-on: x}}", "w.yml:1:24: Invalid cron expression. Expected format: '* * * * *' (minute hour day month weekday)")]
    [InlineData("on: {workflow_dispatch: {inputs: {a: {type: choice}}}}\njobs: {a: {runs-on: x}}", "w.yml:1:38: Missing 'options' for choice input")]
    [InlineData("on: {workflow_dispatch: {inputs: {a: {type: string, options: [x]}, b: {type: choice, options: x}}}}\njobs: {a: {runs-on: x}}", "w.yml:1:38: Input type is not 'choice', but 'options' is defined\nw.yml:1:95: Unexpected value 'x'")]
    [InlineData("on: {push: {branches: , paths: ['', a], tags: [{v: 1}, 1.5]}}\njobs: {a: {runs-on: x}}", "w.yml:1:23: Unexpected value ''\nw.yml:1:33: Unexpected value ''\nw.yml:1:48: A mapping was not expected")]
    [InlineData("on: {workflow_dispatch: {inputs: {a: {type: strin}}}}\njobs: {a: {runs-on: x}}", "w.yml:1:45: Unexpected value 'strin'")]
    [InlineData("on: {workflow_call: {outputs: {o: {value: '${{ jobs.zz.outputs.x }}'}}}}\njobs: {a: {runs-on: x}}", "w.yml:1:43: 'jobs.zz' names no job of this workflow")]
    public void Workflow_ThatIsWrong_SaysWhatAndWhere(string text, string expected) => Assert.Equal(expected, Errors(text));

    [Theory]
    [InlineData("    if: secrets.X == 'a'", "w.yml:5:9: Unrecognized named-value: 'secrets'. Located at position 1 within expression: secrets.X == 'a'")]
    [InlineData("    if: ${{ matrix.x }}", "w.yml:5:9: Unrecognized named-value: 'matrix'. Located at position 1 within expression: matrix.x")]
    [InlineData("    strategy: {matrix: {os: []}}", "w.yml:5:29: Matrix vector 'os' does not contain any values")]
    [InlineData("    strategy: {matrix: {os: [1], exclude: [{py: 1}]}}", "w.yml:5:45: Matrix exclude key 'py' does not match any key within the matrix")]
    [InlineData("    strategy: {matrix: {os: [], py: [], v: ['${{ github.ref }}']}}", "w.yml:5:29: Matrix vector 'os' does not contain any values\nw.yml:5:37: Matrix vector 'py' does not contain any values")]
    [InlineData("    strategy: {matrix: {os: [1], include: [{}, {a: 1}], exclude: [{}, {os: 1, a: 1, b: 1}]}}", "w.yml:5:44: Matrix include mapping does not contain any values\nw.yml:5:67: Matrix exclude filter must not be empty\nw.yml:5:79: Matrix exclude key 'a' does not match any key within the matrix\nw.yml:5:85: Matrix exclude key 'b' does not match any key within the matrix")]
    [InlineData("    strategy: {matrix: {os: [1], include: [x], exclude: [y]}}", "w.yml:5:44: Unexpected value 'x'\nw.yml:5:58: Unexpected value 'y'")]
    [InlineData("    strategy: {matrix: {os: '${{ always() }}', exclude: [{os: 1}]}}", "w.yml:5:29: Unrecognized function: 'always'. Located at position 1 within expression: always()\nw.yml:5:29: Unexpected value '${{ always() }}'")]
    [InlineData("    services: {db: {image: [x]}}", "w.yml:5:28: A sequence was not expected")]
    [InlineData("    strategy: {matrix: {include: [], exclude: []}}", "w.yml:5:24: Matrix must define at least one vector")]
    [InlineData("    strategy: {matrix: {os: linux}}", "w.yml:5:29: Unexpected value 'linux'")]
    [InlineData("    container: 'docker://'", "w.yml:5:16: Container image cannot be empty")]
    [InlineData("    container: {options: --init}", "w.yml:5:16: Container image cannot be empty")]
    [InlineData("    services: {db: {options: --init}}", "w.yml:5:20: Container image cannot be empty")]
    [InlineData("    services: {db: {image: 'docker://'}}", "w.yml:5:20: Container image cannot be empty")]
    [InlineData("    container: {image: x, env: {A: '${{ hashFiles(1) }}'}}", "w.yml:5:36: Unrecognized function: 'hashFiles'. Located at position 1 within expression: hashFiles(1)")]
    [InlineData("    steps: [{run: a, uses: b/c@d}]", "w.yml:5:22: Unexpected value 'uses'")]
    [InlineData("    steps: [{uses: b/c}]", "w.yml:5:20: Expected format {org}/{repo}[/path]@ref. Actual 'b/c'")]
    [InlineData("    steps: [{id: x, run: a}, {id: X, run: b}]", "w.yml:5:35: The identifier 'X' may not be used more than once within the same scope.")]
    [InlineData("    steps: [{run: a, if: 'success(1)'}]", "w.yml:5:26: Too many parameters supplied: 'success'. Located at position 1 within expression: success(1)")]
    [InlineData("    steps: [{run: a, if: 'a b'}]", "w.yml:5:26: Unrecognized named-value: 'a'. Located at position 1 within expression: a b")]
    [InlineData("    steps: [{run: 'echo ${{ x'}]", "w.yml:5:19: The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.")]
    [InlineData("    steps: [{run: 'a ${{ insert }}'}]", "w.yml:5:19: The directive 'insert' is not allowed in this context. Directives are not supported for expressions that are embedded within a string. Directives are only supported when the entire value is an expression.")]
    [InlineData("    snapshot: {image-name: x, version: 2}", "w.yml:5:15: Expected format '{major-version}.*' Actual '2'")]
    [InlineData("    snapshot: {image-name: x, if: matrix.a && always()}", "w.yml:5:35: Unrecognized function: 'always'. Located at position 13 within expression: matrix.a && always()")]
    [InlineData("    env: {<<: {A: 1}}", "w.yml:5:11: Merge keys are not supported (give the whole mapping an anchor, or repeat its keys)\nw.yml:5:15: A mapping was not expected")]
    [InlineData("    continue-on-error: maybe", "w.yml:5:24: Unexpected value 'maybe'")]
    public void Job_ThatIsWrong_SaysWhatAndWhere(string body, string expected) => Assert.Equal(expected, Errors(Job(body)));

    [Theory]
    [InlineData("    container: ''")]
    [InlineData("    container: '${{ matrix.image }}'")]
    [InlineData("    permissions: {code-quality: read, drives: write, models: read, id-token: write, attestations: write}")]
    [InlineData("    snapshot: '${{ matrix.image }}'")]
    public void Job_ThatGitHubTakes_IsTaken(string body) => Assert.Equal("", Errors(Job(body)));

    [Fact]
    public void Text_ThatIsTooLongWithItsExpressions_IsRefused()
    {
        string text = new('x', 20_990);
        Assert.Equal("", Errors(Job($"    steps: [{{run: '{text}{text}'}}]")));
        Assert.Equal("w.yml:5:19: Exceeded max expression length 21000", Errors(Job($"    steps: [{{run: '{text} ${{{{ github.sha }}}}'}}]")));
    }

    [Fact]
    public void Steps_WithoutId_GetGitHubsAutomaticOnes() => Assert.Equal(
        ["__actions_checkout", "__self", "__alpine_3_18", "run", "__run", "__run_2", "__o_r", "__actions_checkout_2"],
        Parse(Job("""
                steps:
                  - uses: actions/checkout@v4
                  - uses: ./action
                  - uses: docker://alpine:3.18
                  - {id: run, run: x}
                  - run: x
                  - run: y
                  - uses: o/r/some/path@v1
                  - uses: actions/checkout@v5
            """)).Jobs[0].Steps.Select(step => step.Id));

    [Fact]
    public void Text_MixedWithExpressions_BecomesFormat()
    {
        Workflow workflow = Parse(Job("    name: \"it's {x} ${{ github.ref }}-${{ '}}' }}\"\n    steps:\n      - run: ${{ 'just ''text''' }}\n"));
        Assert.Equal("format('it''s {{x}} {0}-{1}', github.ref, '}}')", Assert.IsType<ExpressionToken>(workflow.Jobs[0].Name).Expression);
        Assert.Equal("just 'text'", Assert.IsType<StringToken>(workflow.Jobs[0].Steps[0].Run).Value);
    }

    [Fact]
    public void Matrix_OfScalars_KeepsTypes()
    {
        Workflow workflow = Parse(Job("    strategy: {matrix: {v: [3.10, '3.10', true, null]}}"));
        var matrix = (MappingToken)((MappingToken)workflow.Jobs[0].Strategy!).Items[0].Value;
        Assert.Equal(["NumberToken", "StringToken", "BooleanToken", "NullToken"], ((SequenceToken)matrix.Items[0].Value).Items.Select(item => item.GetType().Name));
    }

    [Fact]
    public void Job_WithNeedsAndDefaults_IsConverted()
    {
        Workflow workflow = Parse("""
            name: train
            on: {push: {branches: [main]}, schedule: [{cron: '0 0 * * *'}]}
            permissions: read-all
            defaults: {run: {shell: bash}}
            jobs:
              a: {runs-on: [self-hosted, gpu], outputs: {o: '${{ steps.s.outputs.o }}'}}
              b:
                needs: [a]
                if: ${{ always() }}
                runs-on: {group: org/g, labels: [x]}
                permissions: {contents: write, issues: none}
                steps: [{run: 'echo ${{ needs.A.outputs.o }}', shell: sh, working-directory: d}]
            """);
        Job b = workflow.Jobs[1];
        Assert.Equal(("train", "always()", "success()"), (workflow.Name, b.Condition, b.Steps[0].Condition));
        Assert.Equal(["push", "schedule"], workflow.Triggers.Events.Keys);
        Assert.Equal(13, workflow.Jobs[0].Permissions?.Count);
        Assert.Equal("contents=write", string.Join(',', b.Permissions!.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("bash", Assert.IsType<StringToken>(workflow.Defaults?.Shell).Value);
        Assert.Equal(new SourceLocation("w.yml", 8, 3), b.Location with { Line = 8 });
    }
}
