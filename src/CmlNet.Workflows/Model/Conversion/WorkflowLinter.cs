using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>Finds names that GitHub would silently take for null: see <see cref="ContextKeys"/>.</summary>
internal sealed class WorkflowLinter
{
    private const string MergeKey = "<<";

    private readonly ICollection<WorkflowError> _errors;
    private readonly ContextKeys _known;

    private WorkflowLinter(Workflow workflow, ICollection<WorkflowError> errors)
    {
        _errors = errors;
        _known = new ContextKeys(workflow);
    }

    public static void Check(MappingToken document, Workflow workflow, ICollection<WorkflowError> errors)
    {
        new TriggerLinter(errors).Check(document);
        var linter = new WorkflowLinter(workflow, errors);
        foreach ((TemplateToken key, TemplateToken value) in document.Items)
        {
            if (key.AsText() != "jobs")
                linter.Walk(value, null);
        }

        foreach ((TemplateToken id, TemplateToken value) in (document.Get("jobs") as MappingToken)?.Items ?? [])
            linter.Walk(value, workflow.Jobs.FirstOrDefault(job => job.Location == id.Location));
    }

    private void Walk(TemplateToken token, Job? job)
    {
        switch (token)
        {
            case ExpressionToken expression:
                CheckExpression(expression.Expression, expression.Location, job);
                break;
            case SequenceToken sequence:
                foreach (TemplateToken item in sequence.Items)
                    Walk(item, job);
                break;
            case MappingToken mapping:
                foreach ((TemplateToken key, TemplateToken value) in mapping.Items)
                {
                    Walk(key, job);
                    if (key.AsText() == MergeKey && value is (MappingToken or SequenceToken))
                        Report(key.Location, "Merge keys are not supported", "give the whole mapping an anchor, or repeat its keys");
                    // The one key whose plain string is an expression.
                    if (key.AsText() == "if" && value is StringToken condition)
                        CheckExpression(condition.Value, condition.Location, job);
                    else
                        Walk(value, job);
                }

                break;
        }
    }

    private void CheckExpression(string text, SourceLocation location, Job? job)
    {
        try
        {
            if (ExpressionParser.Parse(text, ExpressionVocabulary.Any) is { } tree)
                Visit(tree, location, job);
        }
        catch (ExpressionException)
        {
            // Reported where it was read.
        }
    }

    private void Visit(ExpressionNode node, SourceLocation location, Job? job)
    {
        switch (node)
        {
            case IndexNode { Target: ContextNode context, Index: LiteralNode { Value: StringValue key } } when _known.Wrong(context.Name, key.Value, job) is var (message, hint):
                Report(location, message, hint);
                break;
            case IndexNode { Target: IndexNode { Target: ContextNode context, Index: LiteralNode { Value: StringValue owner } }, Index: LiteralNode { Value: StringValue key } }
                when ContextKeys.WrongMember(context.Name, owner.Value, key.Value) is var (message, hint):
                Report(location, message, hint);
                break;
        }

        foreach (ExpressionNode child in node.Children)
            Visit(child, location, job);
    }

    private void Report(SourceLocation location, string message, string? hint = null) =>
        _errors.Add(new WorkflowError(location, message, hint) { Stage = WorkflowErrorStage.Lint });
}
