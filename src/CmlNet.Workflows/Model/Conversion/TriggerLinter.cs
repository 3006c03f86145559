using CmlNet.Workflows.Model.Schema;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>What is wrong with <c>on:</c> that the schema leaves free.</summary>
internal sealed class TriggerLinter(ICollection<WorkflowError> errors)
{
    private static readonly string[] Filters = ["branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore"];

    public void Check(MappingToken document)
    {
        TemplateToken? on = document.Get("on");
        if (on is null)
        {
            Report(document.Location, "No event triggers defined in `on`", "add for example `on: push`");
            return;
        }

        if (on is MappingToken mapping)
        {
            foreach ((TemplateToken key, TemplateToken value) in mapping.Items)
                CheckEvent(key, value);
        }
        else
        {
            foreach (StringToken name in on.AsStrings())
                CheckName(name);
        }
    }

    private IReadOnlyList<string>? CheckName(StringToken name)
    {
        IReadOnlyList<string>? options = EventCatalog.OptionsOf(name.Value);
        if (options is null)
            Report(name.Location, $"Unexpected value '{name.Value}'", "there is no such event");
        return options;
    }

    private void CheckEvent(TemplateToken key, TemplateToken value)
    {
        if (key is not StringToken name || CheckName(name) is not { } allowed)
            return;
        if (name.Value == "workflow_dispatch")
        {
            Validate(value, WorkflowSchema.WorkflowDispatch);
            CheckChoices(value);
        }
        else if (name.Value == "schedule")
        {
            Validate(value, WorkflowSchema.Schedule);
            foreach (MappingToken entry in (value as SequenceToken)?.Items.OfType<MappingToken>() ?? [])
                CheckCron(entry.Get("cron"));
        }
        else if (value is MappingToken options)
        {
            CheckOptions(name.Value, options, allowed);
        }
        else if (value is not NullToken)
        {
            Report(value.Location, value is SequenceToken ? "A sequence was not expected" : $"Unexpected value '{SchemaValidator.TextOf(value)}'");
        }
    }

    private void Validate(TemplateToken value, string definition)
    {
        var found = new List<WorkflowError>();
        new SchemaValidator(found).Validate(value, definition);
        foreach (WorkflowError error in found)
            errors.Add(error with { Stage = WorkflowErrorStage.Lint });
    }

    private void CheckChoices(TemplateToken value)
    {
        foreach ((_, TemplateToken input) in ((value as MappingToken)?.Get("inputs") as MappingToken)?.Items ?? [])
        {
            if (input is not MappingToken definition)
                continue;
            bool isChoice = definition.Get("type").AsText() == "choice";
            TemplateToken? options = definition.Get("options");
            if (isChoice && options is null or NullToken or SequenceToken { Items.Count: 0 })
                Report(input.Location, "Missing 'options' for choice input");
            else if (!isChoice && options is not null)
                Report(input.Location, "Input type is not 'choice', but 'options' is defined");
        }
    }

    private void CheckCron(TemplateToken? cron)
    {
        if (cron is StringToken { Value.Length: > 0 } text && !CronSyntax.IsValid(text.Value))
            Report(text.Location, "Invalid cron expression. Expected format: '* * * * *' (minute hour day month weekday)");
    }

    private void CheckTypes(string name, TemplateToken value)
    {
        if (EventCatalog.TypesOf(name) is not { } known)
            return;
        foreach (StringToken type in value.AsStrings().Where(type => !known.Contains(type.Value, StringComparer.Ordinal)))
            Report(type.Location, $"Unexpected value '{type.Value}'", $"'{name}' has the types {string.Join(", ", known)}");
    }

    private void CheckOptions(string name, MappingToken options, IReadOnlyList<string> allowed)
    {
        foreach ((TemplateToken key, TemplateToken value) in options.Items)
        {
            string option = key.AsText() ?? "";
            // workflow_call has been through the schema.
            if (!allowed.Contains(option, StringComparer.Ordinal))
                Report(key.Location, $"Unexpected value '{option}'", allowed.Count > 0 ? $"'{name}' takes {string.Join(", ", allowed)}" : $"'{name}' takes no options");
            else if (option == "types")
                CheckTypes(name, value);
            else if (Filters.Contains(option, StringComparer.Ordinal))
                CheckPatterns(value);
        }

        foreach (string filter in new[] { "branches", "tags", "paths" })
        {
            if (options.Get(filter) is not null && options.Get($"{filter}-ignore") is { } ignore)
                Report(ignore.Location, $"you may only define one of `{filter}` and `{filter}-ignore` for a single event");
        }
    }

    private void CheckPatterns(TemplateToken value)
    {
        Validate(value, WorkflowSchema.Strings);
        foreach (StringToken pattern in value.AsStrings())
        {
            try
            {
                _ = new GlobPattern(pattern.Value);
            }
            catch (ArgumentException)
            {
                Report(pattern.Location, $"Invalid filter pattern '{pattern.Value}'");
            }
        }
    }

    private void Report(SourceLocation location, string message, string? hint = null) =>
        errors.Add(new WorkflowError(location, message, hint) { Stage = WorkflowErrorStage.Lint });
}
