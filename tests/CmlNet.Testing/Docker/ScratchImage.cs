using System.Diagnostics;
using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace CmlNet.Testing.Docker;

/// <summary>Images out of nothing but a few of the host's programs and the libraries they load: no shell, no /tmp.</summary>
public static class ScratchImage
{
    /// <summary>Imports such an image under the name given and returns the name. Skips the test when a program is not there.</summary>
    public static async Task<string> BuildAsync(string name, params IReadOnlyList<string> programs)
    {
        await DockerFixture.RequireEngineAsync();
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var program in programs)
        {
            var path = $"/bin/{program}";
            Skip.If(!File.Exists(path), $"{path} is not there to be put into an image.");
            paths.Add(path);
            paths.UnionWith(await ReadLibrariesAsync(path));
        }

        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var path in paths)
                await WriteAsync(writer, path);
        }

        archive.Position = 0;
        using var content = new StreamContent(archive);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        using var client = DockerFixture.CreateHttpClient();
        using var response = await client.PostAsync($"/v1.41/images/create?fromSrc=-&repo={Uri.EscapeDataString(name)}", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await response.Content.ReadAsStringAsync();
        return name;
    }

    // The file behind a link goes in under the link's name.
    private static async Task WriteAsync(TarWriter writer, string path)
    {
        await using var file = File.OpenRead(path);
        await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path.TrimStart('/'))
        {
            Mode = (UnixFileMode)Convert.ToInt32("755", 8),
            DataStream = file,
        });
    }

    private static async Task<IEnumerable<string>> ReadLibrariesAsync(string program)
    {
        using var process = Process.Start(new ProcessStartInfo("ldd", [program]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("ldd could not be started.");
        var lines = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return lines.Split('\n').SelectMany(line => line.Split(' ', '\t')).Where(word => word.StartsWith('/') && File.Exists(word));
    }
}
