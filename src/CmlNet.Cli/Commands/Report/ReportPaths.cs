namespace CmlNet.Cli.Commands.Report;

/// <summary>Where the report goes: absolute paths.</summary>
/// <param name="Output">The Markdown file; null for standard output.</param>
/// <param name="OutputDirectory">What links are relative to: the file's folder, or the working directory.</param>
/// <param name="Assets">Folder of the charts.</param>
internal sealed record ReportPaths(string? Output, string OutputDirectory, string Assets)
{
    public static ReportPaths From(string workingDirectory, string? output, string? assets)
    {
        string? file = output is null ? null : Path.GetFullPath(output, workingDirectory);
        string directory = file is null ? workingDirectory : Path.GetDirectoryName(file) ?? workingDirectory;
        string stem = file is null ? "report" : Path.GetFileNameWithoutExtension(file);
        return new ReportPaths(file, directory, assets is null ? Path.Combine(directory, stem + "_files") : Path.GetFullPath(assets, workingDirectory));
    }
}
