using System.Xml.Linq;

namespace CmlNet.Architecture.Tests;

/// <summary>A project under <c>src</c>: its name and what its project file refers to.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static IReadOnlyList<Project> InSource()
        => [.. Repository.Files("src", ".csproj").Select(Read)];

    public override string ToString() => Name;

    private static Project Read(string path)
    {
        XDocument document = XDocument.Parse(Repository.Read(path));
        return new Project(
            Path.GetFileNameWithoutExtension(path),
            [.. Included(document, "ProjectReference").Select(Path.GetFileNameWithoutExtension).OfType<string>()],
            [.. Included(document, "PackageReference")]);
    }

    private static IEnumerable<string> Included(XDocument document, string element)
        => document.Descendants(element).Select(reference => reference.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();
}
