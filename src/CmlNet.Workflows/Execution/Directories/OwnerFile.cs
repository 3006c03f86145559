using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>The file in a temporary folder that names the process whose folder it is. Anybody may have written it.</summary>
internal static class OwnerFile
{
    private const string Name = "owner";
    private const int Longest = 1024;

    public static void Write(string folder) => File.WriteAllText(Path.Combine(folder, Name), OwnerLabel.Current);

    /// <summary>The folder is this user's own and its owner is gone. False for one that is not (yet) a run's.</summary>
    public static bool IsOfDead(string folder)
    {
        try
        {
            return FileKinds.Of(folder) == FileKind.Directory
                && FileKinds.IsOwn(folder)
                && CommandFileReader.Read(Path.Combine(folder, Name), Longest) is { Text.Length: > 0 } owner
                && OwnerLabel.IsDead(owner.Text);
        }
        catch (CommandFileException)
        {
            return false;
        }
    }
}
