using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Makes files of the work tree files of their own, so that writing to them does not write to the cache.</summary>
public static class Unprotection
{
    /// <exception cref="DvcException">There is nothing at the path.</exception>
    public static void Apply(DvcProject project, string path)
    {
        ArgumentNullException.ThrowIfNull(project);
        SafePath.Check(project, path);
        string full = project.FullPath(path);
        if (Directory.Exists(full))
        {
            foreach (string file in new FolderScan(project.Root, project.Ignored).Files(path))
                ApplyToFile($"{full}/{file}");
        }
        else if (File.Exists(full))
        {
            ApplyToFile(full);
        }
        else
        {
            throw new DvcException($"can't unprotect non-existing data '{path}'");
        }
    }

    private static void ApplyToFile(string full)
    {
        if (OperatingSystem.IsWindows() || (new FileInfo(full).LinkTarget is null && FileStatus.Read(full) is { IsProtected: false }))
            return;
        string temporary = FileLinker.TemporaryName(full);
        File.Copy(full, temporary);
        File.SetUnixFileMode(temporary, File.GetUnixFileMode(temporary) | UnixFileMode.UserWrite);
        File.Move(temporary, full, overwrite: true);
    }
}
