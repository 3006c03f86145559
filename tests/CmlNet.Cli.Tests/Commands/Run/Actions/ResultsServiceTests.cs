using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run.Actions;

/// <summary>GitHub's artifact and cache services, called from within a job's container.</summary>
public sealed class ResultsServiceTests
{
    private const string Workflow = """
        on: push
        jobs:
          one:
            runs-on: ubuntu-latest
            steps:
              - run: echo kept > file.txt
              - uses: actions/upload-artifact@v4
                with: { name: plain, path: file.txt }
              - uses: ./js
              - run: test -z "$ACTIONS_RUNTIME_TOKEN$ACTIONS_RESULTS_URL" && echo "not for scripts"
        """;

    /// <summary>In the place of Node: the image has only Python. It calls as GitHub's clients do.</summary>
    private const string Node = """
        #!/usr/bin/env python3
        import json, os, sys, urllib.request as u
        if sys.argv[1] == "--version":
            print("v20.0.0")
            sys.exit()
        url, token = os.environ["ACTIONS_RESULTS_URL"], os.environ["ACTIONS_RUNTIME_TOKEN"]
        def call(service, method, body):
            request = u.Request(f"{url}twirp/github.actions.results.api.v1.{service}/{method}", json.dumps(body).encode(), {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
            return json.load(u.urlopen(request))
        entry = {"key": "k", "version": "v"}
        u.urlopen(u.Request(call("CacheService", "CreateCacheEntry", entry)["signed_upload_url"], b"d" * 1000000, method="PUT"))
        print("saved", call("CacheService", "FinalizeCacheEntryUpload", entry)["ok"])
        print("restored", len(u.urlopen(call("CacheService", "GetCacheEntryDownloadURL", entry)["signed_download_url"]).read()))
        print("artifacts", [artifact["name"] for artifact in call("ArtifactService", "ListArtifacts", {})["artifacts"]], "at", url.split(":")[1], "by", token)
        """;

    [SkippableFact]
    public async Task JavaScriptAction_InAContainer_ReachesTheServicesOnItsLoopback()
    {
        CmlBinary.Require();
        string image = await DockerFixture.RequireAsync(TestImages.Python3);
        using WorkTree tree = await WorkTree.CreateAsync(Workflow);
        tree.Write("js/action.yml", "runs: { using: node20, main: main.js }\n");
        tree.Write("js/main.js", "");
        tree.Write("tools/node", Node);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(tree.Root, "tools", "node"), (UnixFileMode)0b111_101_101);

        CmlResult result = await CmlProcess.RunAsync(
            tree.Root,
            ["run", "--engine", "docker", "--image", $"ubuntu-latest={image}"],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["CML_NODE"] = "tools/node" });

        Assert.True(result.ExitCode == 0, result.ToString());
        foreach (string line in new[] { "saved True", "restored 1000000", "artifacts ['plain'] at //127.0.0.1 by ***", "not for scripts" })
            Assert.Contains($"[one]   {line}\n", result.Out, StringComparison.Ordinal);
        await EngineState.AssertNothingLeftAsync(tree);
    }
}
