using CmlNet.Testing.GitHub;

namespace CmlNet.Publishing.Tests.CodeHosts;

/// <summary>
/// On GitLab, Gitea and Bitbucket, every fault at every call of a post with a picture and of its update: one comment, the right one,
/// with its picture. The calls are those of a run in which nothing goes wrong.
/// </summary>
public sealed class HostFaultMatrixTests
{
    public static TheoryData<string, string> Matrix()
    {
        var data = new TheoryData<string, string>();
        foreach (string driver in (string[])["gitlab", "gitea", "bitbucket"])
        {
            foreach (string fault in HostFaults.All.Keys)
                data.Add(driver, fault);
        }

        return data;
    }

    public static TheoryData<string, int, string> Refusals()
    {
        var data = new TheoryData<string, int, string>();
        foreach (string driver in (string[])["gitlab", "gitea", "bitbucket"])
        {
            foreach ((int status, string words) in ((int, string)[])[(401, "401 Unauthorized"), (403, "insufficient scope"), (404, "Not found"), (409, "Conflict"), (413, "Too large"), (422, "is too long")])
                data.Add(driver, status, words);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Update_FaultAtEachCall_LeavesOneRightCommentWithItsPicture(string driver, string fault)
    {
        bool isTimeout = HostFaults.IsTimeout(HostFaults.All[fault]);
        foreach ((string method, string path) in await CallsAsync(driver))
        {
            await using FaultScene scene = await FaultScene.OpenAsync(driver, new ShiftedTime { IsWaiting = isTimeout });
            if (isTimeout)
                scene.AttemptTimeout = TimeSpan.FromMilliseconds(400);
            scene.Faults.Add(HostFaults.All[fault] with { Method = method, PathEnd = path, Times = isTimeout ? 1 : 2 });
            await scene.PublishTwiceAsync();
            Assert.True(scene.Bodies.Count == 1, $"{fault} at {method} {path}: {scene.Bodies.Count} comments");
            Assert.True(scene.WrongWith(scene.Bodies[0], "two") is null, $"{fault} at {method} {path}: {scene.WrongWith(scene.Bodies[0], "two")}");
        }
    }

    /// <summary>What is refused for good is told of, or is a picture's and leaves a note; what was there before is left as it was.</summary>
    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Update_RefusedAtEachCall_LeavesOneCommentAtMost(string driver, int status, string words)
    {
        foreach ((string method, string path) in await CallsAsync(driver))
        {
            await using FaultScene scene = await FaultScene.OpenAsync(driver);
            await scene.PublishAsync("one");
            string before = Assert.Single(scene.Bodies);
            scene.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = status, Method = method, PathEnd = path, Times = 100, Body = $$$"""{"message":"{{{words}}}","error":{"message":"{{{words}}}"}}""" });
            string? told = null;
            try
            {
                await scene.PublishAsync("two");
            }
            catch (PublishingException e)
            {
                told = e.Message;
                Assert.DoesNotContain(FaultScene.Token, told, StringComparison.Ordinal);
            }

            string after = Assert.Single(scene.Bodies);
            if (told is not null)
                Assert.True(scene.WrongWith(after, "one") is null || after.StartsWith("# two", StringComparison.Ordinal), $"{status} at {method} {path}: {after}\n{before}");
            else
                Assert.True(scene.WrongWith(after, "two") is null || after.Contains("upload failed", StringComparison.Ordinal), $"{status} at {method} {path}: {after}");
            Assert.True(told is null || told.Contains(FormattableString.Invariant($"{status}"), StringComparison.Ordinal), told);
        }
    }

    [Theory]
    [InlineData("gitlab", 1)]
    [InlineData("gitlab", -1)]
    [InlineData("gitea", 1)]
    [InlineData("gitea", -1)]
    [InlineData("bitbucket", 1)]
    [InlineData("bitbucket", -1)]
    public async Task Create_ClockAnHourWrong_StillKnowsItsLostPost(string driver, int hours)
    {
        await using FaultScene scene = await FaultScene.OpenAsync(driver, new ShiftedTime { Shift = TimeSpan.FromHours(hours) });
        scene.Faults.Add(new Fault { Kind = FaultKind.ResetAfterApplying, PathEnd = driver == "gitlab" ? "/notes" : "/comments", Times = 2 });
        await scene.PublishTwiceAsync();
        Assert.Null(scene.WrongWith(Assert.Single(scene.Bodies), "two"));
    }

    private static async Task<IReadOnlyList<(string Method, string Path)>> CallsAsync(string driver)
    {
        await using FaultScene scene = await FaultScene.OpenAsync(driver);
        await scene.PublishTwiceAsync();
        Assert.Null(scene.WrongWith(Assert.Single(scene.Bodies), "two"));
        Assert.InRange(scene.Calls.Count, 4, 20);
        return scene.Calls;
    }
}
