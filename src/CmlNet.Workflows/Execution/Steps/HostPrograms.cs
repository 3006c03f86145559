namespace CmlNet.Workflows.Execution.Steps;

/// <summary>Programs on this machine, looked up as a shell does.</summary>
internal static class HostPrograms
{
    public static bool Exists(string program, string searchPath) =>
        program.Contains('/') ? File.Exists(program) : searchPath.Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
