using System.CommandLine;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Json;

namespace CmlNet.Cli.Commands.Schema;

/// <summary><c>cml schema</c>: the JSON Schema of <c>cml.yaml</c>, for editors; or that of a report as JSON.</summary>
internal static class SchemaCommand
{
    public static Command Build(CliHost host)
    {
        var report = new Option<bool>("--report") { Description = "Of what cml report --format json writes, instead." };
        var command = new Command("schema", "Print the JSON Schema of cml.yaml.") { report };
        command.SetAction(parsed =>
        {
            host.Out.Write(parsed.GetValue(report) ? ReportJsonSchema.Write() : JsonSchemaWriter.Write());
            return ExitCodes.Success;
        });
        return command;
    }
}
