using CmlNet.Cli.Tests.Packaging;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>Images in which the mounted cml cannot run say so in words, not in the loader's.</summary>
public sealed class MissingLibraryTests
{
    /// <summary>A shell and nothing else: busybox, from this machine or from its package mirror.</summary>
    private const string ImportBusybox =
        """
        set -e
        d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
        mkdir -p "$d/root/bin" "$d/root/tmp" "$d/root/etc"
        if command -v busybox >/dev/null && ! ldd "$(command -v busybox)" >/dev/null 2>&1; then cp "$(command -v busybox)" "$d/root/bin/busybox"
        else (cd "$d" && apt-get download -q busybox-static && dpkg-deb -x busybox-static*.deb x && find x -name busybox -type f -exec cp {} root/bin/busybox \;) >&2; fi
        for name in sh tail find cat echo env; do ln -s busybox "$d/root/bin/$name"; done
        tar -C "$d/root" -c . | docker import - "$0"
        """;

    private const string CommitWithoutLibstdcpp =
        """
        set -e
        id=$(docker run --detach "$1" sh -c "find / -xdev -name 'libstdc++*' -exec rm {} +")
        trap 'docker rm --force "$id" >/dev/null' EXIT
        docker wait "$id" >/dev/null
        docker commit "$id" "$0"
        """;

    [SkippableFact]
    public async Task Cml_InAnImageWithoutGlibc_SaysWhichImagesWouldDo()
    {
        string log = await RunAsync(ImportBusybox, $"cmlnet-test/no-glibc:{Guid.NewGuid():N}");
        Assert.Contains("cml: this image has no glibc, which the mounted cml needs. Use a glibc-based image", log, StringComparison.Ordinal);
        Assert.Contains("exit code 127", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Cml_InAnImageWithoutLibstdcpp_SaysWhatToInstall()
    {
        await DockerFixture.RequireAsync(TestImages.Python3);
        string log = await RunAsync(CommitWithoutLibstdcpp, $"cmlnet-test/no-libstdcpp:{Guid.NewGuid():N}");
        Assert.Contains("cml: this image has no libstdc++ (or libgcc), which the mounted cml needs. Install it in the image: apt-get install libstdc++6", log, StringComparison.Ordinal);
        Assert.Contains("exit code 127", log, StringComparison.Ordinal);
    }

    /// <summary>The log of a step that runs cml in the image that the script makes.</summary>
    private static async Task<string> RunAsync(string script, string image)
    {
        CmlBinary.Require();
        await DockerFixture.RequireEngineAsync();
        ProcessResult made = await ProcessResult.OfAsync("/bin/sh", ["-c", script, image, TestImages.Python3.Name]);
        Skip.If(made.ExitCode != 0, $"The image cannot be made here: {made.Error}");
        try
        {
            using WorkTree tree = await WorkTree.CreateAsync($"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    container: {image}\n    steps:\n      - name: cml\n        run: cml --version || echo \"exit code $?\"\n");
            CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "docker"]);
            Assert.True(result.ExitCode == 0, result.ToString());
            return tree.ReadLog("a", "cml");
        }
        finally
        {
            await ProcessResult.OfAsync("docker", ["image", "rm", "--force", image]);
        }
    }
}
