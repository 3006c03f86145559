using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Execution.Runs;

namespace CmlNet.Workflows.Tests.Execution.Services;

public sealed class JobServicesTests : IDisposable
{
    private const string Serve = "-c \\\"import os,http.server as h; open('index.html','w').write(os.environ['GREETING']); h.test(h.SimpleHTTPRequestHandler, port=8000)\\\"";

    private readonly RunScene _scene = new() { Secrets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["WORD"] = "s3cr3t-greeting" } };

    public void Dispose() => _scene.Dispose();

    [SkippableFact]
    public async Task Services_HealthyOne_IsReachedByItsIdAndKnownToTheJobContext()
    {
        RunRecord run = await _scene.RunAsync($$$"""
            on: push
            jobs:
              train:
                runs-on: python
                strategy: { matrix: { tag: ["1"] } }
                container: cmlnet-test/python3:1
                services:
                  web:
                    image: cmlnet-test/python3:${{ matrix.tag }}
                    env: { GREETING: "hello ${{ secrets.WORD }}" }
                    ports: ["8000"]
                    entrypoint: python3
                    command: "{{{Serve}}}"
                    options: >-
                      --health-cmd "python3 -c 'import urllib.request as u; u.urlopen(\"http://localhost:8000/\")'"
                      --health-interval 1s --health-retries 10
                  unused:
                    image: ${{ github.event_name == 'never' && 'postgres' || '' }}
                steps:
                  - run: |
                      python3 -c "import urllib.request as u; t=u.urlopen('http://web:8000/').read().decode(); print(t, len(t))"
                      echo "port is ${{ job.services.web.ports['8000'] }}, again ${{ job.services.web.ports[8000] }}"
                      echo "same network ${{ job.services.web.network == job.container.network }} id ${{ job.services.web.id != '' }}"
            """);

        Assert.True(run.Conclusion == Conclusions.Success, _scene.Log);
        Assert.Contains("hello *** 21", _scene.Observer.Lines);
        Assert.Contains("port is 8000, again 8000", _scene.Observer.Lines);
        Assert.Contains("same network true id true", _scene.Observer.Lines);
        Assert.Contains("The service 'unused' has an empty image and is skipped.", _scene.Observer.Notices);
        Assert.Empty(await _scene.LeftAsync());
    }

    [SkippableFact]
    public async Task Services_UnhealthyOne_FailsTheJobWithItsLogAndLeavesNothing()
    {
        RunRecord run = await _scene.RunAsync("""
            on: push
            jobs:
              train:
                runs-on: python
                services:
                  database:
                    image: cmlnet-test/python3:1
                    entrypoint: python3
                    command: "-uc \"import time; print('cannot read /data'); open('/printed','w'); time.sleep(600)\""
                    options: --health-cmd "until test -e /printed; do sleep 0.1; done; exit 1" --health-interval 1s --health-retries 1
                steps:
                  - run: echo never
            """);

        Assert.Equal(Conclusions.Failure, run.Conclusion);
        Assert.True(_scene.Observer.Notices.Contains("database | cannot read /data"), _scene.Log);
        Assert.Equal("The service 'database' is not healthy. Its log is above; check its image, env and health options.", Assert.Single(run.Jobs[0].Annotations).Message);
        Assert.Empty(run.Jobs[0].Steps);
        Assert.Empty(await _scene.LeftAsync());
    }

    [SkippableFact]
    public async Task Services_ImageThatIsNotThere_FailsTheJobNamingItAndLeavesNothing()
    {
        RunRecord run = await _scene.RunAsync("""
            on: push
            jobs:
              train:
                runs-on: python
                services:
                  good: { image: "cmlnet-test/python3:1", entrypoint: sleep, command: "600" }
                  bad: cmlnet-test/absent:1
                steps:
                  - run: echo never
            """);

        Assert.Equal(Conclusions.Failure, run.Conclusion);
        Assert.True(_scene.Log.Contains("cmlnet-test/absent:1", StringComparison.Ordinal), _scene.Log);
        Assert.Empty(await _scene.LeftAsync());
    }

    [Fact]
    public async Task Services_OnTheProcessEngine_AreRefusedBeforeAnythingStarts()
    {
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => _scene.RunAsync(
            """
            on: push
            jobs:
              train:
                runs-on: python
                services:
                  database: postgres
                steps:
                  - run: echo never
            """,
            "process"));

        Assert.Equal(".github/workflows/test.yml:6:7: The services of job 'train' need containers, which the process engine has not (run it with --engine docker)", refused.Message);
        Assert.Empty(_scene.Observer.Events);
    }
}
