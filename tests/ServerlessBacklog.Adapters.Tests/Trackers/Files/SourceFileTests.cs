using System.Text;
using ServerlessBacklog.Adapters.Trackers.Files;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

public sealed class SourceFileTests
{
    private const string Line = "{\"id\":\"1\",\"title\":\"T\"}\n";

    [Fact]
    public async Task A_missing_file_a_directory_an_empty_file_and_a_strange_extension_are_refused_with_advice()
    {
        using var file = new AFile();

        (await AFile.RefusalAsync(file.PathOf("no.jsonl"))).ShouldContain("There is no file");
        (await AFile.RefusalAsync(file.Folder)).ShouldContain("is a directory. Name one file in it");
        (await file.RefusalAsync("a.jsonl", "")).ShouldContain("is empty");
        (await file.RefusalAsync("a.jsonl", "\n\n")).ShouldContain("holds no record");
        (await file.RefusalAsync("a.xlsx", "x")).ShouldContain("Use .jsonl, .json or .csv");
        (await file.RefusalAsync("a.csv", "PK\u0003\u0004rest")).ShouldContain("Excel workbook");
        (await file.RefusalAsync("a.jsonl", "[{\"id\":\"1\"}]")).ShouldContain("Name it .json");
        (await file.RefusalAsync("a.json", "{\"id\":\"1\"}")).ShouldContain("no valid JSON array");
        (await AFile.RefusalAsync(file.Write("u.jsonl", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Line)]))).ShouldContain("is UTF-16");
    }

    [Fact]
    public async Task A_file_without_read_permission_is_refused_with_advice()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root reads it all the same");
        using var file = new AFile();
        var path = file.Write("a.jsonl", Line);
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no file mode");
        else
            File.SetUnixFileMode(path, UnixFileMode.None);

        (await AFile.RefusalAsync(path)).ShouldContain("read permission");
    }

    [Fact]
    public async Task Gzip_is_read_whatever_the_name_says()
    {
        using var file = new AFile();
        var packed = AFile.Gzip(Encoding.UTF8.GetBytes("\uFEFF" + Line));

        (await AFile.ReadPathAsync(file.Write("shop.jsonl.gz", packed))).Only.Ref.ToString().ShouldBe("file:shop#1");
        (await AFile.ReadPathAsync(file.Write("shop.jsonl", packed))).Only.Ref.ToString().ShouldBe("file:shop#1");
    }

    [Fact]
    public async Task Plain_text_named_gz_is_refused()
    {
        using var file = new AFile();

        (await file.RefusalAsync("a.jsonl.gz", Line)).ShouldContain("named .gz but holds no gzip data");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(100)]
    public async Task Cut_off_gzip_is_refused(int missing)
    {
        using var file = new AFile();
        var lines = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{{\"id\":\"{i}\",\"title\":\"T{i * 7919 % 1000}\"}}\n"));
        var packed = AFile.Gzip(Encoding.UTF8.GetBytes(lines));

        (await AFile.RefusalAsync(file.Write("a.jsonl.gz", packed[..^missing]))).ShouldContain("damaged or cut-off gzip data");
    }

    [Fact]
    public async Task Gzip_that_inflates_without_end_is_refused()
    {
        using var file = new AFile();
        var bomb = file.Write("a.jsonl.gz", AFile.Gzip(new byte[8 << 20]));

        (await AFile.RefusalAsync(bomb, new FileLimits { RatioAfterBytes = 1 << 20 })).ShouldContain("more than 200 times its size");
        (await AFile.RefusalAsync(bomb, new FileLimits { MaxInflatedBytes = 1 << 20 })).ShouldContain("more than 1 MiB");
    }
}
