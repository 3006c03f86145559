using System.CommandLine;
using CmlNet.Cli.Commands.Assets;
using CmlNet.Cli.Commands.Comments;
using CmlNet.Cli.Commands.Doctor;
using CmlNet.Cli.Commands.Dvc;
using CmlNet.Cli.Commands.Gate;
using CmlNet.Cli.Commands.Metrics;
using CmlNet.Cli.Commands.Params;
using CmlNet.Cli.Commands.Plot;
using CmlNet.Cli.Commands.Plots;
using CmlNet.Cli.Commands.PullRequests;
using CmlNet.Cli.Commands.Report;
using CmlNet.Cli.Commands.Repositories;
using CmlNet.Cli.Commands.Run;
using CmlNet.Cli.Commands.Runners;
using CmlNet.Cli.Commands.Schema;
using CmlNet.Cli.Commands.Tensorboard;
using CmlNet.Cli.Commands.Workflows;
using CheckCommand = CmlNet.Cli.Commands.Checks.CheckCommand;

namespace CmlNet.Cli;

/// <summary>Every command, one line each.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var root = new RootCommand("Continuous machine learning: run workflows, report on models, publish to pull requests.");
        root.Add(RunCommand.Build(host));
        root.Subcommands.Add(CommentCommand.Build(host));
        root.Subcommands.Add(SendCommentCommand.Build(host));
        root.Subcommands.Add(AssetCommand.Build(host));
        root.Subcommands.Add(PublishCommand.BuildLegacy(host));
        root.Subcommands.Add(CheckCommand.Build(host));
        root.Subcommands.Add(CheckCommand.BuildLegacy(host));
        root.Subcommands.Add(DoctorCommand.Build(host));
        root.Subcommands.Add(PrCommand.Build(host));
        root.Subcommands.Add(RepoCommand.Build(host));
        root.Subcommands.Add(RepoCommand.BuildShort(host));
        root.Subcommands.Add(RerunCommand.BuildLegacy(host));
        root.Subcommands.Add(RunnerCommand.Build(host));
        root.Subcommands.Add(TensorboardCommand.Build(host));
        root.Subcommands.Add(TensorboardCommand.BuildLegacy(host));
        root.Subcommands.Add(ReportCommand.Build(host));
        root.Subcommands.Add(GateCommand.Build(host));
        root.Subcommands.Add(MetricsCommand.Build(host));
        root.Subcommands.Add(ParamsCommand.Build(host));
        root.Subcommands.Add(PlotCommand.Build(host));
        root.Subcommands.Add(PlotsCommand.Build(host));
        root.Subcommands.Add(DvcCommand.Build(host));
        root.Subcommands.Add(SchemaCommand.Build(host));
        root.Add(WorkflowCommand.Build(host));
        return root;
    }
}
