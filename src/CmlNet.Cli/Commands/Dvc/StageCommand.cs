using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc stage add|list</c>, and the <c>dvc run</c> of DVC 1 and 2, which adds a stage and runs it.</summary>
internal static class StageCommand
{
    public static Command Build(CliHost host) => new("stage", "Add or list stages.") { BuildAdd(host, "add", runsByDefault: false), List(host) };

    public static Command BuildRun(CliHost host) => BuildAdd(host, "run", runsByDefault: true);

    private static Command BuildAdd(CliHost host, string verb, bool runsByDefault)
    {
        var options = new StageOptions();
        var run = new Option<bool>("--run") { Description = "Run it at once." };
        var noExec = new Option<bool>("--no-exec") { Description = "Do not run it." };
        var force = new Option<bool>("--force", "-f") { Description = "Replace a stage of that name." };
        var command = new Command(verb, runsByDefault ? "Add a stage and run it (DVC 1 and 2)." : "Add a stage to dvc.yaml.") { run, noExec, force };
        options.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            (string name, DvcValue definition) = (options.Name(parsed), options.Definition(parsed));
            string file = project.RelativeTo(host.WorkingDirectory, "dvc.yaml"), full = project.FullPath(file);
            if (!PipelineEditor.IsName(name))
                throw new DvcException($"Stage name '{name}' cannot contain punctuation characters except '-' and '_'.");
            if (!parsed.GetValue(force) && ProjectIndex.Read(project).Stages.Any(stage => stage.File == file && stage.Name == name))
                throw new DvcException($"Stage '{name}' already exists in '{file}'. Use '--force' to overwrite.");
            byte[]? before = File.Exists(full) ? await File.ReadAllBytesAsync(full, cancellationToken) : null;
            PipelineEditor.Set(full, name, definition);
            Stage added;
            try
            {
                var index = ProjectIndex.Read(project);
                added = index.Stages.First(stage => stage.File == file && stage.Name == name);
                _ = new StageGraph(index.Stages);
            }
            catch (DvcException)
            {
                // What cannot be read is not left behind.
                if (before is null)
                    File.Delete(full);
                else
                    AtomicFile.Write(full, before);
                throw;
            }

            host.Out.Write($"Added stage '{name}' in '{file}'\n");
            foreach (Output output in added.Outputs.Where(output => output.IsCached))
                OutputCommit.KeepOutOfGit(project, output);
            if ((runsByDefault && !parsed.GetValue(noExec)) || parsed.GetValue(run))
            {
                using var reproduction = new Reproduction(project, StageRunners.Create(null), new ReproOptions { IsForced = true }, line => host.Out.Write(line + "\n"));
                await reproduction.RunAsync([added], new StageGraph([added]), cancellationToken);
            }

            string record = Path.ChangeExtension(file, ".lock");
            bool ran = (runsByDefault && !parsed.GetValue(noExec)) || parsed.GetValue(run);
            GitHint.Write(host, project, [.. ran && File.Exists(project.FullPath(record)) ? [record] : Array.Empty<string>(), file, .. added.Outputs.Where(output => output.IsCached).Select(output => RelativePath.Join(RelativePath.Folder(output.Path), ".gitignore")).Distinct(StringComparer.Ordinal).Where(ignore => File.Exists(project.FullPath(ignore)))]);
            return ExitCodes.Success;
        }, isLocked: false);
        return command;
    }

    private static Command List(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "dvc.yaml files or stages (default: those here).", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every stage of the project." };
        var names = new Option<bool>("--name-only", "--names-only") { Description = "Names only." };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Everything below the folders." };
        var fail = new Option<bool>("--fail") { Description = "As DVC takes it: a file that cannot be read is an error in any case." };
        var command = new Command("list", "List stages.") { targets, all, names, recursive, fail };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var index = ProjectIndex.Read(project);
            IReadOnlyList<string> wanted = project.Targets(host, parsed.GetValue(targets));
            string here = project.RelativeTo(host.WorkingDirectory, "dvc.yaml");
            List<Stage> stages = [.. parsed.GetValue(all) ? index.Stages : wanted.Count == 0 ? index.Stages.Where(stage => stage.File == here) : index.Select(wanted, isRecursive: true).Select(item => item.Stage).Distinct()];
            int width = stages.Select(stage => stage.Address.Length).DefaultIfEmpty(0).Max();
            foreach (Stage stage in stages)
                host.Out.Write(parsed.GetValue(names) ? stage.Address + "\n" : $"{stage.Address.PadRight(width)}  {Summary(stage)}\n");
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    private static string Summary(Stage stage)
    {
        if (stage.Description is { } description)
            return description.Split('\n')[0];
        (string verb, IEnumerable<string> paths) = stage.Outputs.Any(output => output.Kind == OutputKind.Data) ? ("Outputs", stage.Outputs.Where(output => output.Kind == OutputKind.Data).Select(output => output.Text))
            : stage.Outputs.Count > 0 ? ("Reports", stage.Outputs.Select(output => output.Text)) : ("Depends on", stage.Dependencies.Select(dependency => dependency.Text));
        string text = $"{verb} {string.Join(", ", paths)}";
        return text.Length > 80 ? text[..77] + "..." : text;
    }
}
