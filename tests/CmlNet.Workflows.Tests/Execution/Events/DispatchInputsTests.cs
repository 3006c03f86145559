using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Execution.Events;

public sealed class DispatchInputsTests
{
    private const string Yaml = """
        on:
          workflow_dispatch:
            inputs:
              n: { type: number, default: 2.5 }
              none: { type: number }
              flag: { type: boolean }
              must: { required: true }
              pick: { type: choice, options: [a, b, 3], default: b }
              free:
        jobs: { j: { runs-on: x, steps: [{ run: ls }] } }
        """;

    private static readonly Workflow Workflow = WorkflowParser.Parse("w.yml", Yaml).Workflow!;

    [Fact]
    public void Complete_WithDefaults_GivesTextsAndTypedValues()
    {
        IReadOnlyDictionary<string, string> texts = DispatchInputs.Complete(Workflow, "workflow_dispatch", Given("MUST=x", "flag=true"));
        Assert.Equal(["n=2.5", "none=", "flag=true", "must=x", "pick=b", "free="], texts.Select(pair => $"{pair.Key}={pair.Value}"));
        ObjectValue inputs = DispatchInputs.Typed(Workflow, "workflow_dispatch", texts);
        Assert.Equal([ValueKind.Number, ValueKind.String, ValueKind.Boolean, ValueKind.String, ValueKind.String, ValueKind.String], inputs.Select(pair => pair.Value.Kind));
    }

    [Fact]
    public void Complete_WithEverythingWrong_TellsAllAtOnce()
    {
        InvalidRunException refused = Assert.Throws<InvalidRunException>(() => DispatchInputs.Complete(Workflow, "workflow_dispatch", Given("n=many", "flag=yes", "pick=c", "other=1", "must=")));
        Assert.Equal(
            """
            w.yml:4:7: The input 'n' cannot be 'many' (expected a number)
            w.yml:6:7: The input 'flag' cannot be 'yes' (expected true or false)
            w.yml:7:7: The input 'must' is required (give it with --input must=VALUE)
            w.yml:8:7: The input 'pick' cannot be 'c' (expected one of a, b, 3)
            w.yml:0:0: There is no input 'other' for workflow_dispatch (inputs: n, none, flag, must, pick, free)
            """.ReplaceLineEndings("\n"),
            string.Join('\n', refused.Errors.Select(error => $"w.yml:{error.Location.Line}:{error.Location.Column}: {error.Message}{(error.Hint is null ? "" : $" ({error.Hint})")}")));
    }

    [Fact]
    public void Complete_OfAnotherEvent_TakesNone()
    {
        Assert.Empty(DispatchInputs.Complete(Workflow, "push", Given()));
        Assert.Throws<InvalidRunException>(() => DispatchInputs.Complete(Workflow, "push", Given("must=x")));
    }

    [Fact]
    public void InputsOf_AnEventFile_AreItsInputsAsText() =>
        Assert.Equal(["a=1", "b=true", "c=x"], EventPayload.InputsOf("""{"inputs": {"a": 1, "b": true, "c": "x", "d": null}}""").Select(pair => $"{pair.Key}={pair.Value}"));

    private static Dictionary<string, string> Given(params string[] pairs) =>
        pairs.Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
}
