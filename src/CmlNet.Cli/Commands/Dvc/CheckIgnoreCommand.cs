using System.CommandLine;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc check-ignore</c>: as <c>git check-ignore</c>, for <c>.dvcignore</c>. Ends with 1 when nothing matches.</summary>
internal static class CheckIgnoreCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Paths.", Arity = ArgumentArity.ZeroOrMore };
        var details = new Option<bool>("--details", "-d") { Description = "The pattern, its file and line." };
        var all = new Option<bool>("--all", "-a") { Description = "With --details: every pattern that matches is one decision; the last one is shown." };
        var nonMatching = new Option<bool>("--non-matching", "-n") { Description = "With --details: what does not match, too." };
        var input = new Option<bool>("--stdin") { Description = "Paths from standard input." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing." };
        var command = new Command("check-ignore", "Say whether .dvcignore leaves paths out.") { targets, details, all, nonMatching, input, quiet };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            if (parsed.GetValue(nonMatching) && !parsed.GetValue(details))
                throw new DvcException("`--non-matching` is only valid with `--details`", DvcException.Usage);
            IEnumerable<string> names = parsed.GetValue(input) ? host.In.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries) : parsed.GetValue(targets) ?? [];
            bool any = false;
            foreach (string name in names)
            {
                string path = project.RelativeTo(host.WorkingDirectory, name);
                (string Source, int Line, string Text, bool IsNegated)? found = project.Ignored.Explain(path, Directory.Exists(project.FullPath(path)));
                bool isIgnored = found is { IsNegated: false };
                any |= isIgnored;
                if (parsed.GetValue(quiet))
                    continue;
                if (parsed.GetValue(details) && (found is not null || parsed.GetValue(nonMatching)))
                    host.Out.Write($"{(found is { } rule ? $"{rule.Source}:{rule.Line}:{rule.Text}" : "::")}\t{name}\n");
                else if (isIgnored)
                    host.Out.Write(name + "\n");
            }

            return Task.FromResult(any ? ExitCodes.Success : ExitCodes.Failure);
        }, isLocked: false);
        return command;
    }
}
