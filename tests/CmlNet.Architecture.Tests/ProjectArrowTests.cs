using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CmlNet.Architecture.Tests;

/// <summary>Which project may refer to which, and where third-party code may stand.</summary>
public sealed class ProjectArrowTests
{
    /// <summary>The only arrows there are. The executable composes all of them.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["CmlNet.Containers"] = [],
        ["CmlNet.Workflows"] = ["CmlNet.Containers"],
        ["CmlNet.Dvc"] = [],
        ["CmlNet.Reports"] = ["CmlNet.Dvc"],
        ["CmlNet.Publishing"] = [],
        ["CmlNet.Runner"] = ["CmlNet.Containers", "CmlNet.Workflows", "CmlNet.Reports", "CmlNet.Publishing"],
        ["CmlNet.Cli"] = ["CmlNet.Containers", "CmlNet.Workflows", "CmlNet.Dvc", "CmlNet.Reports", "CmlNet.Publishing", "CmlNet.Runner"],
    };

    /// <summary>Packages that stand in the named projects and nowhere else; a name ending in a dot covers the packages below it.</summary>
    private static readonly Dictionary<string, string[]> Places = new(StringComparer.Ordinal)
    {
        ["Markdig"] = ["CmlNet.Reports", "CmlNet.Publishing"],
        ["YamlDotNet"] = ["CmlNet.Workflows", "CmlNet.Dvc", "CmlNet.Reports", "CmlNet.Runner", "CmlNet.Cli"],
        ["Polly.Core"] = ["CmlNet.Publishing", "CmlNet.Runner"],
        ["CsvHelper"] = ["CmlNet.Reports"],
        ["MathNet.Numerics"] = ["CmlNet.Reports"],
        ["AWSSDK.S3"] = ["CmlNet.Publishing", "CmlNet.Dvc"],
        ["Microsoft.Data.Sqlite.Core"] = ["CmlNet.Dvc", "CmlNet.Reports", "CmlNet.Runner"],
        ["SQLitePCLRaw.bundle_e_sqlite3"] = ["CmlNet.Dvc", "CmlNet.Reports", "CmlNet.Runner"],
        ["Microsoft.Extensions.Hosting"] = ["CmlNet.Runner", "CmlNet.Cli"],
        ["Microsoft.Extensions.DependencyInjection"] = ["CmlNet.Runner", "CmlNet.Cli"],
        ["Serilog"] = ["CmlNet.Cli"],
        ["Serilog."] = ["CmlNet.Cli"],
        ["Spectre.Console"] = ["CmlNet.Cli"],
        ["System.CommandLine"] = ["CmlNet.Cli"],
    };

    /// <summary>Abstractions, no code of anyone's: allowed everywhere.</summary>
    private static readonly string[] Everywhere = ["Microsoft.Extensions.Logging.Abstractions"];

    [Fact]
    public void Projects_InSource_AreTheDesigns()
        => Violations.None(Project.InSource().Select(project => project.Name).Except(Allowed.Keys, StringComparer.Ordinal));

    [Fact]
    public void ProjectReferences_OfEveryProject_PointAsDesigned()
        => Violations.None(
            from project in Project.InSource()
            from target in project.Projects.Except(Allowed.GetValueOrDefault(project.Name, []), StringComparer.Ordinal)
            select $"{project.Name} must not refer to {target}");

    /// <summary>The compiled truth: a transitive reference that code makes use of shows here and not in the project file.</summary>
    [Fact]
    public void AssemblyReferences_OfEveryProject_PointAsDesigned()
    {
        string[] compiled = [.. Project.InSource().Select(AssemblyPath).Where(File.Exists)];
        Assert.NotEmpty(compiled);
        Violations.None(
            from path in compiled
            let project = ProjectOf(path)
            from target in ReferencesOf(path).Where(name => name.StartsWith("CmlNet.", StringComparison.Ordinal))
            where !Allowed.GetValueOrDefault(project, []).Contains(target, StringComparer.Ordinal)
            select $"{project} uses {target}");
    }

    [Fact]
    public void Packages_OfEveryProject_StandInTheirPlace()
        => Violations.None(
            from project in Project.InSource()
            from package in project.Packages.Except(Everywhere, StringComparer.Ordinal)
            where !PlacesOf(package).Contains(project.Name, StringComparer.Ordinal)
            select $"{project.Name} must not use {package}; say where it belongs in {nameof(ProjectArrowTests)}.{nameof(Places)} and in an ADR");

    [Fact]
    public void AssemblyReferences_ToThirdParties_StandInTheirPlace()
        => Violations.None(
            from path in Project.InSource().Select(AssemblyPath).Where(File.Exists)
            let project = ProjectOf(path)
            from target in ReferencesOf(path).Where(name => PlacesOf(name).Length > 0)
            where !PlacesOf(target).Contains(project, StringComparer.Ordinal)
            select $"{project} uses {target}");

    private static string[] PlacesOf(string package)
        => Places.FirstOrDefault(place => place.Key == package || (place.Key.EndsWith('.') && package.StartsWith(place.Key, StringComparison.Ordinal))).Value ?? [];

    private static string AssemblyPath(Project project)
        => Path.Combine(AppContext.BaseDirectory, (project.Name == "CmlNet.Cli" ? "cml" : project.Name) + ".dll");

    private static string ProjectOf(string path)
        => Path.GetFileNameWithoutExtension(path) is "cml" ? "CmlNet.Cli" : Path.GetFileNameWithoutExtension(path);

    private static string[] ReferencesOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var image = new PEReader(file);
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
