using System.Diagnostics;

namespace CmlNet.Reports.Tests.Sections.Classification;

/// <summary>Runs a Python script with scikit-learn in a container that has no network.</summary>
internal static class ScikitLearn
{
    /// <summary>Python's side of our random numbers, and of what a bootstrap makes of its draws.</summary>
    public const string SplitMix = """
        import numpy as np
        class SplitMix:
            MASK, GOLDEN = (1 << 64) - 1, 0x9E3779B97F4A7C15
            def __init__(self, seed, number): self.s = self.mix((seed + (number + 1) * self.GOLDEN) & self.MASK)
            def mix(self, z):
                z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
                z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
                return z ^ (z >> 31)
            def next(self):
                self.s = (self.s + self.GOLDEN) & self.MASK
                return self.mix(self.s)
            def uniform(self): return (self.next() >> 11) / (1 << 53)
            def index(self, n): return (self.next() * n) >> 64
        def interval(out):
            out = np.array([one for one in out if not np.isnan(one)])
            p = min(1.0, 2 * (min((out <= 0).sum(), (out >= 0).sum()) + 1) / (len(out) + 1))
            return [float(np.quantile(out, .025)), float(np.quantile(out, .975)), float(p)]

        """;

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
