namespace CmlNet.Containers.Tests.Docker;

public sealed class ImageCleanerTests
{
    [Fact]
    public async Task RemoveDangling_VolumesOfEachKind_RemovesThoseWithoutANameOnly()
    {
        string free = new('a', 64), taken = new('b', 64), kept = new('c', 64);
        await using var engine = new FakeEngine((request, stream) => (request.Method, request.Path) switch
        {
            ("POST", _) => FakeEngine.JsonAsync(stream, 200, """{"ImagesDeleted":null,"SpaceReclaimed":4096}"""),
            ("GET", _) => FakeEngine.JsonAsync(stream, 200, $$"""{"Volumes":[{"Name":"{{taken}}"},{"Name":"datasets"},{"Name":"{{kept}}"},{"Name":"{{free}}"},{"Name":"{{new string('g', 64)}}"}],"Warnings":null}"""),
            (_, var path) when path.Contains(taken, StringComparison.Ordinal) => FakeEngine.JsonAsync(stream, 409, """{"message":"volume is in use"}"""),
            _ => FakeEngine.JsonAsync(stream, 204, ""),
        });
        using var client = engine.CreateClient();

        CleaningResult removed = await client.RemoveDanglingAsync(new HashSet<string>(StringComparer.Ordinal) { kept }, CancellationToken.None);

        Assert.Equal(4096, removed.ImageBytes);
        Assert.Equal([free], removed.Volumes);

        Assert.Equal([$"/volumes/{taken}", $"/volumes/{free}"], engine.Requests.Where(request => request.Method == "DELETE").Select(request => request.Path));
    }

    [Fact]
    public async Task RemoveDangling_EngineLabelsWhatNobodyNamed_LeavesADigestThatSomebodyChose()
    {
        string unnamed = new('a', 64), digest = new('b', 64);
        await using var engine = new FakeEngine((request, stream) => (request.Method, request.Path) switch
        {
            ("POST", _) => FakeEngine.JsonAsync(stream, 200, """{"ImagesDeleted":null,"SpaceReclaimed":0}"""),
            ("GET", _) => FakeEngine.JsonAsync(stream, 200, $$$"""{"Volumes":[{"Name":"{{{digest}}}","Labels":null},{"Name":"{{{unnamed}}}","Labels":{"com.docker.volume.anonymous":""}}]}"""),
            _ => FakeEngine.JsonAsync(stream, 204, ""),
        })
        { ApiVersion = "1.43" };
        using var client = engine.CreateClient();

        CleaningResult removed = await client.RemoveDanglingAsync(new HashSet<string>(StringComparer.Ordinal), CancellationToken.None);

        Assert.Equal([unnamed], removed.Volumes);
    }
}
