using System.CommandLine;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Which stages are meant.</summary>
internal sealed class ReproSelection
{
    private readonly Argument<string[]> _targets = new("TARGET") { Description = "Stages, .dvc files or dvc.yaml files (default: those of dvc.yaml here).", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _single = new("--single-item", "-s") { Description = "Only the targets, not what they need." };
    private readonly Option<bool> _pipeline = new("--pipeline", "-p") { Description = "All that is connected with the targets." };
    private readonly Option<bool> _all = new("--all-pipelines", "-P") { Description = "Every stage of the project." };
    private readonly Option<bool> _downstream = new("--downstream") { Description = "The targets and what needs them." };
    private readonly Option<bool> _recursive = new("--recursive", "-R") { Description = "Targets are folders." };
    private readonly Option<bool> _glob = new("--glob") { Description = "Targets may have * and ?." };

    public void AddTo(Command command)
    {
        command.Add(_targets);
        foreach (Option option in (Option[])[_single, _pipeline, _all, _downstream, _recursive, _glob])
            command.Add(option);
    }

    /// <summary>What is asked for, targets seen from the project's root. Without targets, the stages of the <c>dvc.yaml</c> here.</summary>
    /// <exception cref="DvcException">There is no such file.</exception>
    public StageSelection Read(ParseResult parsed, CliHost host, DvcProject project)
    {
        string[] names = parsed.GetValue(_targets) ?? [];
        bool isAll = parsed.GetValue(_all), isGlob = parsed.GetValue(_glob);
        string file = project.RelativeTo(host.WorkingDirectory, "dvc.yaml");
        if (names.Length == 0 && !isAll && !File.Exists(project.FullPath(file)))
            throw new DvcException($"'{file}' does not exist: there are no stages to reproduce here. Name targets, or use -P.");
        return new StageSelection(names.Length == 0 ? isAll ? [] : [file] : isGlob ? names : project.Targets(host, names))
        {
            IsSingle = parsed.GetValue(_single),
            IsPipeline = parsed.GetValue(_pipeline),
            IsAll = isAll,
            IsDownstream = parsed.GetValue(_downstream),
            IsRecursive = names.Length > 0 && parsed.GetValue(_recursive),
            IsGlob = names.Length > 0 && isGlob,
        };
    }
}
