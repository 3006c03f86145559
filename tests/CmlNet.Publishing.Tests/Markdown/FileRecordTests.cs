using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Markdown;

public sealed class FileRecordTests
{
    private const string Start = "https://host/files/";

    [Fact]
    public void Learn_WhatWasAdded_IsFound()
    {
        var first = new FileRecord(Start);
        first.Add(Asset("a.png", 1), Start + "1");
        first.Add(Asset("b.png", 2), Start + "2");
        var second = new FileRecord(Start);
        second.Learn([first.AddTo("# Report\n") + "\n\n![](https://cml.dev/watermark.png#0 \"CML watermark\")"]);
        Assert.Equal((Start + "1", Start + "2"), (second.Find(Asset("a.png", 1)), second.Find(Asset("b.png", 2))));
        // Another content, or another name to save it under, is another file.
        Assert.Null(second.Find(Asset("a.png", 2)));
        Assert.Equal(first.AddTo("x"), second.AddTo("x"));
    }

    [Fact]
    public void AddTo_FilesThatAreGone_AreForgotten()
    {
        var first = new FileRecord(Start);
        first.Add(Asset("a.png", 1), Start + "1");
        var second = new FileRecord(Start);
        second.Learn([first.AddTo("x")]);
        Assert.Equal("x", second.AddTo("x"));
    }

    [Fact]
    public void AddTo_OpenCodeBlock_IsClosedFirst()
    {
        var record = new FileRecord(Start);
        record.Add(Asset("a.png", 1), Start + "1");
        Assert.StartsWith("```\ncode\n```\n\n<!-- cml files: ", record.AddTo("```\ncode"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere/1")]
    [InlineData("javascript:alert(1)")]
    [InlineData(Start + "1)![x](https://elsewhere/")]
    [InlineData(Start + "1-->")]
    [InlineData(Start + "a b")]
    public void Learn_NoAddressOfTheStore_IsNotTaken(string address)
    {
        var real = new FileRecord(Start);
        real.Add(Asset("a.png", 1), Start + "1");
        string digest = real.AddTo("").Split(' ')[3].Split('=')[0];
        var record = new FileRecord(Start);
        record.Learn([$"<!-- cml files: {digest}={address} -->"]);
        Assert.True(record.Find(Asset("a.png", 1)) is null or (Start + "1") or (Start + "a"));
        record.Add(Asset("a.png", 1), address);
        Assert.DoesNotContain(address, record.AddTo(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_KnownFile_IsNotStored()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("a.png", [1]);
        directory.Write("b.png", [2]);
        var known = new FileRecord("");
        known.Add(Asset("a.png", 1), "there");
        var record = new FileRecord("");
        record.Learn([known.AddTo("")]);
        var store = new MemoryAssetStore();
        var linker = new AssetLinker(store, new AssetFiles { BaseDirectory = directory.Path, Roots = [directory.Path] }, NullLogger.Instance) { Record = record };
        Assert.StartsWith("![](there) ![](", await linker.LinkAsync("![](a.png) ![](b.png)"), StringComparison.Ordinal);
        Assert.Single(store.Stored);
    }

    private static Asset Asset(string name, byte content) => new() { FileName = name, MediaType = MediaTypes.Detect(name, [content]), Content = new[] { content } };
}
