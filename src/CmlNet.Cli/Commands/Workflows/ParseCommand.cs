using System.CommandLine;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;
using CmlNet.Workflows.Model.Json;

namespace CmlNet.Cli.Commands.Workflows;

/// <summary><c>cml workflow parse FILE --json</c>: the parsed model in the form of GitHub's own parser.</summary>
internal static class ParseCommand
{
    public static Command Build(CliHost host)
    {
        var file = new Argument<string>("FILE") { Description = "Workflow file." };
        var json = new Option<bool>("--json") { Description = "Write JSON; the only form there is.", Required = true };
        var includeSource = new Option<bool>("--include-source") { Description = "Write every token with its file, line and column." };
        var maxDepth = new Option<int>("--max-depth") { Description = "Deepest nesting of sequences and mappings.", DefaultValueFactory = _ => WorkflowParseOptions.Default.MaxDepth };
        var maxFileSize = new Option<int>("--max-file-size") { Description = "Longest file, in characters.", DefaultValueFactory = _ => WorkflowParseOptions.Default.MaxFileSize };
        var workflowDirectory = new Option<string?>("--workflow-dir") { Description = "Directory in which owner/repo/path@ref references are looked up." };
        var command = new Command("parse", "Print a parsed workflow in the form of GitHub's parser.") { file, json, includeSource, maxDepth, maxFileSize, workflowDirectory };
        command.SetAction(parsed =>
        {
            var options = new WorkflowParseOptions { MaxDepth = parsed.GetValue(maxDepth), MaxFileSize = parsed.GetValue(maxFileSize) };
            return Run(host, parsed.GetRequiredValue(file), options, parsed.GetValue(includeSource), parsed.GetValue(workflowDirectory));
        });
        return command;
    }

    private static int Run(CliHost host, string file, WorkflowParseOptions options, bool includeSource, string? workflowDirectory)
    {
        (string root, string path) = WorkflowFiles.Locate(host, file);
        WorkflowParseResult result = WorkflowParser.Parse(path, WorkflowFiles.Read(host, file), options);
        IReadOnlyList<WorkflowError> errors = WorkflowJson.Fatal(result);
        if (errors.Count == 0 && result.GitHubView is { } workflow)
        {
            WorkflowCallResult calls = new WorkflowCallResolver(reference => Load(host, root, workflowDirectory, reference), options).Resolve(workflow);
            errors = calls.Errors;
            if (errors.Count == 0)
                host.Out.WriteLine(JsonText.Write(writer => WorkflowJson.Write(writer, result, calls, includeSource), indented: true));
        }

        if (errors.Count > 0)
            host.Out.WriteLine(JsonText.Write(writer => WorkflowJson.WriteErrors(writer, errors), indented: true));
        return errors.Count == 0 ? ExitCodes.Success : ExitCodes.Usage;
    }

    /// <summary>A reference is a file under its own name, with or without the ref.</summary>
    private static string? Load(CliHost host, string root, string? workflowDirectory, string reference)
    {
        int at = reference.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return LocalFile.Read(root, reference) ?? (workflowDirectory is null ? null : LocalFile.Read(Path.Combine(host.WorkingDirectory, workflowDirectory), reference));
        if (workflowDirectory is null)
            return null;
        string directory = Path.Combine(host.WorkingDirectory, workflowDirectory);
        return LocalFile.Read(directory, reference) ?? LocalFile.Read(directory, reference[..at]);
    }
}
