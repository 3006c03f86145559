using System.CommandLine;
using CmlNet.Reports.Plots.Vega;

namespace CmlNet.Cli.Commands.Plots;

/// <summary><c>dvc plots templates</c>: the names of the built-in templates, or the text of one.</summary>
internal static class PlotsTemplatesCommand
{
    public static Command Build(CliHost host)
    {
        var template = new Argument<string?>("TEMPLATE") { Description = "Print this one (default: the names of all).", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("templates", "List the built-in templates, or print one.") { template };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(template) is not { } name)
            {
                foreach (string known in VegaTemplates.Names)
                    host.Out.Write(known + "\n");
                return ExitCodes.Success;
            }

            string text = VegaTemplates.Find(name) ?? throw new CliException(ExitCodes.Usage, $"cml plots templates: there is no template '{name}'; built in are {string.Join(", ", VegaTemplates.Names)}");
            host.Out.Write(text.Trim() + "\n");
            return ExitCodes.Success;
        });
        return command;
    }
}
