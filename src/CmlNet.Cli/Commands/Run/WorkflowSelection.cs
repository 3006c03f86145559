using CmlNet.Cli.Commands.Workflows;
using CmlNet.Workflows.Model;

namespace CmlNet.Cli.Commands.Run;

/// <summary>Which workflows to run, and for which event.</summary>
internal static class WorkflowSelection
{
    private const string Folder = ".github/workflows";

    private static readonly string[] PreferredEvents = ["push", "pull_request", "workflow_dispatch"];

    /// <summary>Reads and checks the chosen files; every error of every file is in one message.</summary>
    public static IReadOnlyList<(Workflow Workflow, string Event)> Select(RunOptions options, string root, CliHost host)
    {
        IReadOnlyList<string> files = options.WorkflowFile is { } file ? [Named(file, host)] : Found(root);
        List<Workflow> workflows = Parse(files, root, host);
        if (options.WorkflowFile is not null)
            return [(workflows[0], EventOf(workflows[0], options.Event))];

        string eventName = options.Event ?? (workflows.Any(workflow => workflow.Triggers.Events.ContainsKey("push")) ? "push" : DefaultEvent(workflows[0]));
        (Workflow, string)[] triggered = [.. workflows.Where(workflow => workflow.Triggers.Events.ContainsKey(eventName)).Select(workflow => (workflow, eventName))];
        return triggered.Length > 0
            ? triggered
            : throw new CliException(ExitCodes.Usage, $"cml run: no workflow under {Folder} is triggered by '{eventName}'. Events they name: {string.Join(", ", workflows.SelectMany(workflow => workflow.Triggers.Events.Keys).Distinct(StringComparer.Ordinal))}.");
    }

    private static string Named(string file, CliHost host)
    {
        string path = Path.GetFullPath(Path.Combine(host.WorkingDirectory, file));
        if (File.Exists(path))
            return path;
        string there = Directory.Exists(path) ? $"{file} is a folder, not a workflow file" : $"there is no workflow file {file}";
        throw new CliException(ExitCodes.Usage, $"cml run: {there}. Name a file such as {Folder}/train.yml, or none for all that the event triggers.");
    }

    private static string[] Found(string root)
    {
        string folder = Path.Combine(root, Folder);
        string[] files = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(path => Path.GetExtension(path) is ".yml" or ".yaml").Order(StringComparer.Ordinal)]
            : [];
        return files.Length > 0 ? files : throw new CliException(ExitCodes.Usage, $"cml run: there is no workflow under {folder}. Name a file, or run it inside a repository that has one.");
    }

    private static List<Workflow> Parse(IReadOnlyList<string> files, string root, CliHost host)
    {
        var workflows = new List<Workflow>();
        var errors = new List<WorkflowError>();
        foreach (string file in files)
        {
            string relative = Path.GetRelativePath(root, file);
            WorkflowParseResult result = WorkflowParser.Parse(relative.StartsWith("..", StringComparison.Ordinal) ? file : relative, WorkflowFiles.Read(host, file));
            errors.AddRange(result.Errors);
            if (result.Workflow is not null)
                workflows.Add(result.Workflow);
        }
        return errors.Count == 0 ? workflows : throw new CliException(ExitCodes.Usage, string.Join('\n', errors));
    }

    private static string EventOf(Workflow workflow, string? wanted)
    {
        if (wanted is null)
            return DefaultEvent(workflow);
        return workflow.Triggers.Events.ContainsKey(wanted)
            ? wanted
            : throw new CliException(ExitCodes.Usage, $"cml run: {workflow.Path} is not triggered by '{wanted}'. It names: {string.Join(", ", workflow.Triggers.Events.Keys)}.");
    }

    private static string DefaultEvent(Workflow workflow) =>
        PreferredEvents.FirstOrDefault(workflow.Triggers.Events.ContainsKey) ?? workflow.Triggers.Events.Keys.FirstOrDefault() ?? "push";
}
