using System.Text;
using System.Text.Unicode;
using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Workspace;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>Takes what publishing commands wrote in jobs over into the run directory. Jobs can write anything there: only plain files of bounded size are taken.</summary>
internal static class PublishedFiles
{
    private const int MaximumCount = 2000;
    private const long MaximumSize = 64L * 1024 * 1024;

    private static readonly string[] Folders = ["comments", "checks", "assets"];

    /// <summary>Writable for whatever user an image has.</summary>
    public static void Create(string folder)
    {
        foreach (string path in Folders.Select(name => Path.Combine(folder, name)).Prepend(folder))
        {
            Directory.CreateDirectory(path);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        }
    }

    /// <param name="folder">Where the jobs wrote.</param>
    /// <param name="runDirectory">Where it is kept.</param>
    /// <param name="masker">Texts are masked: a run directory is shown around and uploaded, as logs are.</param>
    /// <returns>What could not be taken, in words; null when all was.</returns>
    public static string? TakeOver(string folder, string runDirectory, SecretMasker masker)
    {
        try
        {
            return TakeAll(folder, runDirectory, masker);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Not everything that was published could be taken over into the run directory: {e.Message}";
        }
    }

    private static string? TakeAll(string folder, string runDirectory, SecretMasker masker)
    {
        int taken = 0;
        string? problem = null;
        foreach (string name in Folders)
        {
            var source = new DirectoryInfo(Path.Combine(folder, name));
            if (!source.Exists || source.LinkTarget is not null)
                continue;
            foreach (FileInfo file in source.EnumerateFiles())
            {
                if (file.Name.StartsWith('.') || FileKinds.Of(file.FullName) != FileKind.Regular || file.Length > MaximumSize)
                    continue;
                if (++taken > MaximumCount)
                    return $"More than {MaximumCount} published files; the rest is left out of the run directory.";
                if (TryOpen(file.FullName) is not { } from)
                {
                    problem = $"{name}/{file.Name} was published with a mode that keeps us from reading it; it is left out of the run directory.";
                    continue;
                }
                using var input = new FileStream(from, FileAccess.Read);
                Copy(input, Path.Combine(runDirectory, name, file.Name), masker);
            }
        }
        return problem;
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return PlainFile.OpenRead(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Copy(FileStream input, string path, SecretMasker masker)
    {
        byte[] content = new byte[input.Length];
        int length = input.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> bytes = content.AsSpan(0, length);
        using FileStream output = File.Create(path);
        if (Utf8.IsValid(bytes) && Encoding.UTF8.GetString(bytes) is var text && masker.Mask(text) is var masked && masked != text)
            output.Write(Encoding.UTF8.GetBytes(masked));
        else
            output.Write(bytes);
    }
}
