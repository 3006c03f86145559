using System.Xml.Linq;

namespace CmlNet.Benchmarks;

/// <summary>The smallest program with the publish settings of `cml`, which are read from its project file.</summary>
internal static class HelloWorld
{
    private const string Source = """System.Console.Out.WriteLine("Hello, world!");""";

    /// <summary>Returns the path of the program; publishes it when the settings or the source are not those of the last time.</summary>
    public static async Task<string> PublishAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(setting.Cache, "hello");
        string output = Path.Combine(setting.Cache, "hello-published");
        string program = Path.Combine(output, "hello");
        string project = Project(Path.Combine(setting.Root, "src", "CmlNet.Cli", "CmlNet.Cli.csproj"));
        string projectPath = Path.Combine(folder, "hello.csproj");
        if (File.Exists(program) && File.Exists(projectPath) && await File.ReadAllTextAsync(projectPath, cancellationToken) == project)
            return program;

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Source, cancellationToken);
        await File.WriteAllTextAsync(projectPath, project, cancellationToken);
        await Command.TimeAsync(
            "dotnet",
            ["publish", projectPath, "-c", "Release", "-r", "linux-x64", "--self-contained", "-v", "q", "--artifacts-path", Path.Combine(setting.Cache, "obj"), "-o", output, "-p:RunAnalyzers=false"],
            folder,
            cancellationToken);
        return program;
    }

    private static string Project(string template)
    {
        XElement? project = XDocument.Load(template).Root;
        XElement properties = project?.Element("PropertyGroup") ?? throw new BenchmarkException($"{template} has no PropertyGroup");
        properties.SetElementValue("AssemblyName", "hello");
        properties.SetElementValue("RootNamespace", "Hello");
        var options = new XElement("ItemGroup", project.Descendants("RuntimeHostConfigurationOption"));
        return new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"), properties, options).ToString();
    }
}
