using System.CommandLine;
using CmlNet.Reports.Configuration;

namespace CmlNet.Cli.Commands.Schema;

/// <summary><c>cml schema</c>: the JSON Schema of <c>cml.yaml</c>, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("schema", "Print the JSON Schema of cml.yaml.");
        command.SetAction(_ =>
        {
            host.Out.Write(JsonSchemaWriter.Write());
            return ExitCodes.Success;
        });
        return command;
    }
}
