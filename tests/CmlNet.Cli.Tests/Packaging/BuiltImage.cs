namespace CmlNet.Cli.Tests.Packaging;

/// <summary>The image of the repository's Dockerfile, built once for the tests that run it and removed after them.</summary>
public sealed class BuiltImage : IAsyncLifetime
{
    private const string Base = "cmlnet-test/base:1";
    private const string BasePackages = "ca-certificates,fonts-dejavu-core,git,librsvg2-2,libstdc++6,openssl";
    private readonly string _name = $"cmlnet-test/cml:{Guid.NewGuid():N}";

    /// <summary>Why there is no image to test; null when there is one.</summary>
    public string? Missing { get; private set; }

    /// <summary>The published binary that is in the image.</summary>
    public string Binary { get; private set; } = "";

    public async Task InitializeAsync()
    {
        string root = RepositoryRoot();
        Binary = Environment.GetEnvironmentVariable("CML_BINARY") ?? Path.Combine(root, "dist", "cml");
        if (!File.Exists(Binary))
            Missing = $"{Binary} is not there: ./build.sh publish makes it";
        else if (!OperatingSystem.IsLinux() || !await EngineAnswersAsync())
            Missing = "no container engine answers";
        if (Missing is not null)
            return;

        ProcessResult made = await ProcessResult.OfAsync(Path.Combine(root, "deploy", "images", "debian-image.sh"), [Base, BasePackages]);
        if (made.ExitCode != 0)
        {
            Missing = $"the base image cannot be made here: {made.Error}";
            return;
        }
        await BuildAsync(root);
    }

    public async Task DisposeAsync()
    {
        if (Missing is null)
            await ProcessResult.OfAsync("docker", ["image", "rm", "--force", _name]);
    }

    /// <summary>Runs a container of the image without a network, with more options for <c>docker run</c> in front of the image.</summary>
    internal Task<ProcessResult> RunAsync(IReadOnlyList<string> command, params string[] options)
        => ProcessResult.OfAsync("docker", ["run", "--rm", "--network", "none", .. options, _name, .. command]);

    /// <summary>The classic builder: it takes a base image from the engine without asking a registry whether it is there.</summary>
    private async Task BuildAsync(string root)
    {
        string context = Directory.CreateTempSubdirectory("cml-image").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(context, "dist"));
            File.Copy(Binary, Path.Combine(context, "dist", "cml"));
            ProcessResult built = await ProcessResult.OfAsync(
                "env", ["DOCKER_BUILDKIT=0", "docker", "build", "--network", "none", "--force-rm", "--build-arg", $"BASE={Base}", "--file", Path.Combine(root, "Dockerfile"), "--tag", _name, context]);
            if (built.ExitCode != 0)
                throw new InvalidOperationException($"docker build ended with {built.ExitCode}:\n{built.Output}{built.Error}");
        }
        finally
        {
            Directory.Delete(context, recursive: true);
        }
    }

    private static async Task<bool> EngineAnswersAsync()
    {
        try
        {
            return (await ProcessResult.OfAsync("docker", ["version", "--format", "{{.Server.Version}}"])).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no docker program
        }
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CmlNet.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"no CmlNet.sln above {AppContext.BaseDirectory}");
    }
}
