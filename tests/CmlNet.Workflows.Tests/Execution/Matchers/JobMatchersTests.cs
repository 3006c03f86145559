using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Execution.Runs;

namespace CmlNet.Workflows.Tests.Execution.Matchers;

public sealed class JobMatchersTests : IDisposable
{
    private const string Flake = """
        { "problemMatcher": [{ "owner": "flake8", "pattern": [
          { "regexp": "^(.+):(\\d+):(\\d+): ([A-Z]\\d+) (.+)$", "file": 1, "line": 2, "column": 3, "code": 4, "message": 5 }] }] }
        """;

    private readonly RunScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [SkippableFact]
    public async Task AddMatcher_FileOfTheWorkspace_AnnotatesUntilItIsRemovedAcrossSteps()
    {
        _scene.Write("flake8.json", Flake);
        _scene.Write("train.py", "import os\n");

        RunRecord run = await _scene.RunAsync("""
            on: push
            jobs:
              lint:
                runs-on: python
                steps:
                  - run: |
                      echo "train.py:9:1: F401 before"
                      echo "::add-matcher::flake8.json"
                  - run: |
                      echo "train.py:1:1: F401 unused"
                      echo "/etc/passwd:1:1: F402 outside"
                      echo "::remove-matcher owner=flake8::"
                      echo "train.py:2:1: F401 after"
            """);

        Assert.True(run.Conclusion == Conclusions.Success, _scene.Log);
        Assert.Equal(
        [
            new Annotation { Level = AnnotationLevel.Error, Message = "unused", File = "train.py", Line = 1, Column = 1, Title = "F401" },
            new Annotation { Level = AnnotationLevel.Error, Message = "outside", Line = 1, Column = 1, Title = "F402" },
        ],
            run.Jobs[0].Annotations);
        Assert.Contains("##[error]train.py:1:1: F401 unused", _scene.Observer.Lines);
    }

    [SkippableTheory]
    [InlineData("ln -s /etc/hostname m.json", "m.json")]
    [InlineData("ln -s /etc d", "d/hostname")]
    [InlineData("mkfifo m.json", "m.json")]
    [InlineData("true", "/etc/hostname")]
    [InlineData("true", "absent.json")]
    public async Task AddMatcher_FileThatIsNotTheJobsOwn_FailsTheStepWithoutReadingIt(string make, string file)
    {
        RunRecord run = await _scene.RunAsync($"""
            on: push
            jobs:
              lint:
                runs-on: python
                steps:
                  - run: |
                      {make}
                      echo "::add-matcher::{file}"
            """);

        Assert.Equal(Conclusions.Failure, run.Conclusion);
        Assert.Contains(run.Jobs[0].Annotations, annotation => annotation.Message == $"There is no problem matcher file '{file}' in the job's directories. Give a path in the workspace that is no link.");
    }
}
