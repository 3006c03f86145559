using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Stages;

/// <summary>A stage of a <c>dvc.yaml</c>, or a <c>.dvc</c> file, which is a stage without a command.</summary>
public sealed class Stage
{
    /// <summary>The file it is declared in, relative to the project's root.</summary>
    public required string File { get; init; }

    /// <summary>Null for a <c>.dvc</c> file.</summary>
    public string? Name { get; init; }

    /// <summary>Working folder, relative to the project's root.</summary>
    public required string Folder { get; init; }

    /// <summary>Text, or a list of texts; null without a command.</summary>
    public DvcValue? Command { get; init; }

    public IReadOnlyList<Dependency> Dependencies { get; init; } = [];

    public IReadOnlyList<ParamsDependency> Params { get; init; } = [];

    public IReadOnlyList<Output> Outputs { get; init; } = [];

    public bool IsFrozen { get; init; }

    public bool IsAlwaysChanged { get; init; }

    public string? Description { get; init; }

    /// <summary>Whatever the user keeps there.</summary>
    public DvcValue? Meta { get; init; }

    /// <summary>The hash a <c>.dvc</c> file of an import carries about itself.</summary>
    public string? RecordedHash { get; init; }

    /// <summary>The command at the last run; null before it.</summary>
    public DvcValue? RecordedCommand { get; set; }

    /// <summary>The name users know it by: <c>data.dvc</c>, <c>train</c>, <c>sub/dvc.yaml:train</c>.</summary>
    public string Address => Name is null ? File : File == "dvc.yaml" ? Name : $"{File}:{Name}";

    /// <summary>Its content comes from elsewhere.</summary>
    public bool IsImport => Name is null && Command is null && Dependencies.Count > 0;

    /// <summary>It comes from another repository, which has the data.</summary>
    public bool IsRepositoryImport => Name is null && Dependencies.Any(dependency => dependency.Repository is not null);

    /// <summary>A command without anything to compare: it runs every time.</summary>
    public bool IsCallback => Command is not null && Dependencies.Count == 0 && Params.Count == 0 && Outputs.Count == 0;

    /// <summary>The same, to be kept from running or not.</summary>
    public Stage WithFrozen(bool isFrozen) => new()
    {
        File = File, Name = Name, Folder = Folder, Command = Command, Dependencies = Dependencies, Params = Params, Outputs = Outputs, IsFrozen = isFrozen, IsAlwaysChanged = IsAlwaysChanged,
        Description = Description, Meta = Meta, RecordedHash = RecordedHash, RecordedCommand = RecordedCommand,
    };

    /// <summary>Whether the path is one of its outputs, inside one, or has one inside.</summary>
    public bool Makes(string path) => Outputs.Any(output => RelativePath.IsWithin(path, output.Path) || RelativePath.IsWithin(output.Path, path));
}
