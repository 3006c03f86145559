using System.CommandLine;
using System.Text.Json;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Cli.Commands.Workflows;

/// <summary><c>cml workflow check [FILE]… [--json]</c>: everything that is wrong with workflow files, at once.</summary>
internal static class CheckCommand
{
    public static Command Build(CliHost host)
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.ZeroOrMore, Description = "Workflow files; all of .github/workflows when none is named." };
        var json = new Option<bool>("--json") { Description = "Write the errors as JSON to standard output." };
        var command = new Command("check", "Find what is wrong with workflow files, without running anything.") { files, json };
        command.SetAction(parsed => Run(host, WorkflowFiles.Find(host, parsed.GetValue(files) ?? []), parsed.GetValue(json)));
        return command;
    }

    private static int Run(CliHost host, IReadOnlyList<string> files, bool json)
    {
        var errors = new List<WorkflowError>();
        var refused = new List<WorkflowError>();
        foreach (string file in files)
            Check(host, file, errors, refused);
        if (json)
            host.Out.WriteLine(JsonText.Write(writer => WriteJson(writer, files, errors, refused)));
        else
        {
            foreach (WorkflowError error in errors)
                host.Error.WriteLine(error.ToString());
            foreach (WorkflowError error in refused)
                host.Error.WriteLine($"note: 'cml run' refuses this: {error}");
        }

        return errors.Count == 0 ? ExitCodes.Success : ExitCodes.Usage;
    }

    /// <summary>Errors name the file as the user did. What only <c>cml run</c> does not do is no error of the file.</summary>
    private static void Check(CliHost host, string file, List<WorkflowError> errors, List<WorkflowError> refused)
    {
        string text = WorkflowFiles.Read(host, file);
        WorkflowParseResult result = WorkflowParser.Parse(file, text);
        errors.AddRange(result.Errors);
        if (result.Workflow is not { } workflow)
            return;
        // References to other repositories are not followed: that needs the network.
        string root = WorkflowFiles.Locate(host, file).Root;
        var resolver = new WorkflowCallResolver(reference => LocalFile.Read(root, reference), reportsAll: true);
        errors.AddRange(resolver.Resolve(workflow with { Jobs = [.. workflow.Jobs.Where(job => job.Uses?.StartsWith("./", StringComparison.Ordinal) != false)] }).Errors);
        refused.AddRange(WorkflowSupport.Check(workflow, new RunRequest { RunId = "", RunDirectory = root, RepositoryRoot = root }));
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<string> files, List<WorkflowError> errors, List<WorkflowError> refused)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("files");
        foreach (string file in files)
            writer.WriteStringValue(file);
        writer.WriteEndArray();
        WriteJson(writer, "errors", errors);
        if (refused.Count > 0)
            WriteJson(writer, "refusedByRun", refused);
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, List<WorkflowError> errors)
    {
        writer.WriteStartArray(name);
        foreach (WorkflowError error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("file", error.Location.Path);
            writer.WriteNumber("line", error.Location.Line);
            writer.WriteNumber("column", error.Location.Column);
            writer.WriteString("message", error.Message);
            if (error.Hint is not null)
                writer.WriteString("hint", error.Hint);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
