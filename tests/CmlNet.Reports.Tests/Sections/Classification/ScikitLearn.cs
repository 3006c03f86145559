using System.Diagnostics;

namespace CmlNet.Reports.Tests.Sections.Classification;

/// <summary>Runs a Python script with scikit-learn in a container that has no network.</summary>
internal static class ScikitLearn
{
    private const string Image = "dvcorg/cml-py3:latest";

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Absent { get; } = Probe();

    public static string Run(string script, string input)
    {
        (int code, string output, string error) = Docker(["run", "--rm", "-i", "--network", "none", Image, "python3", "-W", "ignore", "-c", script], input);
        Assert.True(code == 0, error);
        return output;
    }

    private static string? Probe()
    {
        try
        {
            return Docker(["image", "inspect", Image], "").Code == 0 ? null : $"the image {Image} is not on this machine";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "docker is not installed";
        }
    }

    private static (int Code, string Output, string Error) Docker(string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!; // only null when a process is reused
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task feed = Task.Run(async () =>
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        });
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
