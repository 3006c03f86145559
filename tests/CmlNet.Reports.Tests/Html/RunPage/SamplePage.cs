using CmlNet.Reports.Html.RunPage;

namespace CmlNet.Reports.Tests.Html.RunPage;

/// <summary>A run with one of everything.</summary>
internal static class SamplePage
{
    public static readonly RunPageModel Model = new()
    {
        Title = "Tune the classifier: 200 trees, depth 6",
        Conclusion = "failure",
        Workflow = "train-and-report",
        Event = "pull_request",
        StartedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(93.4),
        Repository = "octo-org/iris",
        Sha = "4f3c2b1a09876543210fedcba9876543210abcde",
        Branch = "tune-forest",
        Engine = "docker",
        Assets = new SampleAssets(),
        Comments = [new RunPageComment { Title = "Pull request #12", Markdown = Comment }],
        Checks =
        [
            new RunPageCheck
            {
                Title = "Model gates",
                Conclusion = "neutral",
                SummaryMarkdown = "Two of three gates hold; the third has **too few rows** to tell.",
                Annotations = [new RunPageAnnotation { Level = "warning", Title = "Slice too small", Message = "virginica has 9 rows; 30 are needed.", File = "predictions.csv", Line = 41 }],
            },
        ],
        Jobs = [TrainJob, new RunPageJob { Name = "deploy", Conclusion = "skipped", Duration = TimeSpan.Zero }],
    };

    private const string Palette =
        "\e[30m0\e[31m1\e[32m2\e[33m3\e[34m4\e[35m5\e[36m6\e[37m7\e[90m8\e[91m9\e[92m10\e[93m11\e[94m12\e[95m13\e[96m14\e[97m15\e[0m \e[2mdim\e[0m\n" +
        "\e[40m0\e[41m1\e[42m2\e[43m3\e[44m4\e[45m5\e[46m6\e[47m7\e[0m \e[7minverse\e[0m\n";

    private const string Comment =
        """
        <!-- sticky: report -->
        ## Model report

        > [!WARNING]
        > Accuracy fell on one slice.

        | metric | main | this branch | change |
        |:--|--:|--:|:-:|
        | accuracy | 0.9467 | **0.9600** | ▲ +0.0133 |
        | macro F1 | 0.9466 | **0.9598** | ▲ +0.0132 |
        | a_rather_long_metric_name_that_does_not_break | 12345.678901 | 12345.678902 | = |

        <picture>
          <source media="(prefers-color-scheme: dark)" srcset="assets/curve-dark.svg">
          <img alt="Loss by epoch: falls from 1.1 to 0.2" src="assets/curve.svg" width="480">
        </picture>

        - [x] learning curve
        - [ ] calibration :chart_with_upwards_trend:

        Weights minimise $\sum_i w_i^2$; see the note.[^1] Badge: ![build](https://img.example/badge.svg) and ![lost](assets/lost.png)

        <details><summary>Parameters</summary>

        ```yaml
        trees: 200
        depth: 6
        ```

        </details>

        ```mermaid
        pie
          "setosa" : 50
        ```

        </div></article><script>alert(1)</script>

        [^1]: With a ridge penalty.
        """;

    private static RunPageJob TrainJob => new()
    {
        Name = "train (3.12, cpu)",
        Conclusion = "failure",
        Duration = TimeSpan.FromSeconds(92.1),
        Annotations =
        [
            new RunPageAnnotation { Level = "error", Message = "Process completed with exit code 2.", File = ".github/workflows/train.yml", Line = 18 },
            new RunPageAnnotation { Level = "notice", Title = "Cache", Message = "First line\nsecond line with <tags> & \u202Edesrever" },
        ],
        Steps =
        [
            new RunPageStep { Number = 1, Name = "Set up job", Conclusion = "success", DurationMs = 412, Log = "Engine: docker\nImage: python:3.12\n" + Palette, LogPath = "logs/train/1.txt" },
            new RunPageStep { Number = 2, Name = "actions/checkout@v4", Conclusion = "success", DurationMs = 1830 },
            new RunPageStep { Number = 3, Name = "Install dependencies with a step name that is rather long, so that it has to wrap", Conclusion = "success", DurationMs = 21_400, Log = "##[group]Run pip install -r requirements.txt\n\e[36;1mpip install -r requirements.txt\e[0m\nshell: bash\n##[endgroup]\n\e[32mSuccessfully installed\e[0m numpy-2.4\n##[warning]A newer pip is there\n" },
            new RunPageStep { Number = 4, Name = "Lint", Outcome = "failure", Conclusion = "success", DurationMs = 900, ExitCode = 1, Log = "1 problem\n" },
            new RunPageStep { Number = 5, Name = "Train", Conclusion = "failure", DurationMs = 67_500, ExitCode = 2, Log = "epoch 1 loss \e[33m1.10\e[0m\nepoch 2 loss \e[33m0.61\e[0m\n 10%\r 50%\r100%\n\e[1;31mTraceback\e[0m (most recent call last): " + new string('=', 300) + "\n##[error]Process completed with exit code 2.\n" },
            new RunPageStep { Number = 6, Name = "Publish", Conclusion = "skipped", DurationMs = 0 },
        ],
        SummaryMarkdown = "### Run summary\n\nBest epoch **2** of 2.\n",
    };

    private sealed class SampleAssets : IRunAssets
    {
        public RunAsset? Find(string reference) => reference switch
        {
            "assets/curve.svg" => new RunAsset(reference, Curve("#1f2328", "#0969da")),
            "assets/curve-dark.svg" => new RunAsset(reference, Curve("#f0f6fc", "#4493f8")),
            _ => null,
        };

        private static byte[] Curve(string text, string line) => System.Text.Encoding.UTF8.GetBytes(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 180\" width=\"480\" height=\"180\"><path d=\"M40 10V150H470\" fill=\"none\" stroke=\"{text}\"/><path d=\"M40 20C120 120 200 130 470 140\" fill=\"none\" stroke=\"{line}\" stroke-width=\"3\"/><text x=\"230\" y=\"172\" font-family=\"sans-serif\" font-size=\"13\" fill=\"{text}\">epoch</text></svg>");
    }
}
