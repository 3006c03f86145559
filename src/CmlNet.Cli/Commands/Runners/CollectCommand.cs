using System.CommandLine;
using CmlNet.Runner.Harvest;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner collect</c>: called by the job-completed hook inside a runner's container.</summary>
internal static class CollectCommand
{
    public static Command Build(CliHost host)
    {
        var workspace = new Option<string>("--workspace") { Description = "The job's workspace.", Required = true };
        var outbox = new Option<string>("--outbox") { Description = "Where the daemon looks.", Required = true };
        var limit = new Option<long>("--limit") { Description = "Most bytes that are copied.", DefaultValueFactory = _ => new HarvestLimits().Bytes };
        var command = new Command("collect", "Copy what a report is made from to where the daemon finds it.") { workspace, outbox, limit };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            string from = Path.GetFullPath(parsed.GetValue(workspace)!, host.WorkingDirectory); // demanded by the command
            string to = Path.GetFullPath(parsed.GetValue(outbox)!, host.WorkingDirectory); // as above
            if (!Directory.Exists(from) || !Directory.Exists(to))
                return ExitCodes.Success; // a job without a workspace has nothing to report
            int copied = OutboxFiles.Copy(from, to, new HarvestLimits { Bytes = parsed.GetValue(limit) });
            host.Error.WriteLine($"cml: {copied} files go into the report");
            return ExitCodes.Success;
        });
        return command;
    }
}
