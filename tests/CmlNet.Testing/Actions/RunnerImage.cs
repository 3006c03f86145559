using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Testing.Docker;
using Xunit;

namespace CmlNet.Testing.Actions;

/// <summary>
/// A container that behaves like the official runner towards <see cref="FakeActionsService"/>: it takes its JIT
/// configuration from the environment, waits for one job, runs the job's text, calls the job-completed hook, and ends;
/// SIGTERM cancels the job. Exit codes and log lines are the official runner's.
/// </summary>
public static class RunnerImage
{
    private const string Name = "cmlnet-test/runner:1";

    private const string Script = """
        [[ $(printf %s "$ACTIONS_RUNNER_INPUT_JITCONFIG" | base64 -d) =~ \"fake\":\"([^\"]*) ]]
        read -r authority id secret name <<<"${BASH_REMATCH[1]}"
        unset ACTIONS_RUNNER_INPUT_JITCONFIG
        ask() {
            status= body=
            exec 3<>"/dev/tcp/${authority%:*}/${authority##*:}" || return 1
            printf 'GET /runner/%s/%s?secret=%s HTTP/1.0\r\nHost: %s\r\n\r\n' "$id" "$1" "$secret" "$authority" >&3
            IFS= read -r line <&3; status=${line#* }; status=${status%% *}
            while IFS= read -r line <&3; do [ -z "${line%$'\r'}" ] && break; done
            body=$(cat <&3)
            exec 3>&-
        }
        finish() { until ask "done/$1" && [ "$status" = 200 -o "$status" = 404 ]; do sleep 0.2; done; }
        # A job may have come whose text is still being read: the service knows, and ignores a runner without one.
        cancel() {
            [ -n "$child" ] && kill "$child" 2>/dev/null
            finish canceled
            ask bye
            exit 143
        }
        trap cancel TERM INT
        export GITHUB_WORKSPACE=/cml/once/workspace
        mkdir -p "$GITHUB_WORKSPACE"
        until ask hello 2>/dev/null; do sleep 0.2; done
        [ "$status" = 200 ] || exit 0
        echo "Listening for Jobs"
        while :; do
            ask job 2>/dev/null || { sleep 0.2; continue; }
            case $status in
                200)
                    echo "Running job: $name"
                    (cd "$GITHUB_WORKSPACE" && eval "$body") & child=$!
                    wait "$child"; code=$?; child=
                    [ -n "$ACTIONS_RUNNER_HOOK_JOB_COMPLETED" ] && sh "$ACTIONS_RUNNER_HOOK_JOB_COMPLETED"
                    result=failed; [ "$code" = 0 ] && result=succeeded
                    finish "$result"
                    echo "completed with result: $result"
                    exit 0 ;;
                404) exit 0 ;;
                204) ;;
                *) sleep 0.2 ;;
            esac
        done
        """;

    /// <summary>What <c>command</c> of a pool with this image is.</summary>
    public static IReadOnlyList<string> Command { get; } = ["/bin/bash", "-c", Script.ReplaceLineEndings("\n")];

    /// <summary>Makes the image when the engine lacks it; skips the test without an engine. Returns its name.</summary>
    public static async Task<string> RequireAsync()
    {
        await DockerFixture.RequireEngineAsync();
        using HttpClient client = DockerFixture.CreateHttpClient();
        using HttpResponseMessage present = await client.GetAsync($"/v1.41/images/{Name}/json");
        return present.IsSuccessStatusCode ? Name : await ScratchImage.BuildAsync(Name, "bash", "sh", "cat", "rm", "sleep", "base64", "mkdir", "cp", "ls");
    }

    /// <summary>The same with the runner where the official image has it, for whoever cannot say what starts it.</summary>
    public static Task<string> RequireUsualAsync() => RequireWithAsync("usual", ("run.sh", Command[2]));

    /// <summary>The same with a program that is to tell the runner's version, and never does.</summary>
    public static Task<string> RequireSilentAsync() => RequireWithAsync("silent", ("run.sh", Command[2]), ("bin/Runner.Listener", "sleep 600"));

    private static async Task<string> RequireWithAsync(string kind, params (string Path, string Script)[] files)
    {
        string name = Name.Replace(":1", $"-{kind}:1", StringComparison.Ordinal), image = await RequireAsync();
        using HttpClient client = DockerFixture.CreateHttpClient();
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            await AddAsync(writer, "Dockerfile", $"FROM {image}\n" + string.Concat(files.Select(file => $"COPY {file.Path} /home/runner/{file.Path}\n")));
            foreach ((string path, string script) in files)
                await AddAsync(writer, path, "#!/bin/bash\n" + script);
        }

        archive.Position = 0;
        using var content = new StreamContent(archive);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        using HttpResponseMessage response = await client.PostAsync($"/v1.41/build?t={Uri.EscapeDataString(name)}", content);
        Assert.Contains("Successfully built", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return name;
    }

    private static Task AddAsync(TarWriter writer, string name, string text) =>
        writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = (UnixFileMode)0b111_101_101, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    /// <summary>This machine as containers see it.</summary>
    public static async Task<IPAddress> FindGatewayAsync()
    {
        using HttpClient client = DockerFixture.CreateHttpClient();
        JsonNode? bridge = await client.GetFromJsonAsync<JsonNode>("/v1.41/networks/bridge");
        return IPAddress.Parse((string?)bridge?["IPAM"]?["Config"]?[0]?["Gateway"] ?? "172.17.0.1");
    }
}
