using System.CommandLine;
using System.Text.Json;
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
        List<WorkflowError> errors = [.. files.SelectMany(file => Check(host, file))];
        if (json)
            host.Out.WriteLine(JsonText.Write(writer => WriteJson(writer, files, errors)));
        else
        {
            foreach (WorkflowError error in errors)
                host.Error.WriteLine(error.ToString());
        }

        return errors.Count == 0 ? ExitCodes.Success : ExitCodes.Usage;
    }

    /// <summary>Errors name the file as the user did.</summary>
    private static IEnumerable<WorkflowError> Check(CliHost host, string file)
    {
        string text = WorkflowFiles.Read(host, file);
        WorkflowParseResult result = WorkflowParser.Parse(file, text);
        if (result.Workflow is not { } workflow)
            return result.Errors;
        // References to other repositories are not followed: that needs the network.
        string root = WorkflowFiles.Locate(host, file).Root;
        var resolver = new WorkflowCallResolver(reference => LocalFile.Read(root, reference));
        return resolver.Resolve(workflow with { Jobs = [.. workflow.Jobs.Where(job => job.Uses?.StartsWith("./", StringComparison.Ordinal) != false)] }).Errors;
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<string> files, IReadOnlyList<WorkflowError> errors)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("files");
        foreach (string file in files)
            writer.WriteStringValue(file);
        writer.WriteEndArray();
        writer.WriteStartArray("errors");
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
        writer.WriteEndObject();
    }
}
