using System.Diagnostics;
using System.Text;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>Bodies that are too long or never end, over connections that behave badly.</summary>
public sealed class LongBodyTests(LiveHost host) : IClassFixture<LiveHost>
{
    private const int Megabyte = 1024 * 1024;
    private const string Head = "POST /hooks/github HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-GitHub-Event: issues\r\nX-GitHub-Delivery: 1\r\n";

    [Fact]
    public async Task A_body_of_30_megabytes_is_refused_before_it_is_read()
    {
        var watch = Stopwatch.StartNew();

        var told = await host.RawAsync($"{Head}Content-Length: {30 * Megabyte}\r\n\r\n", stream => PourAsync(stream, 30, chunked: false));

        ShouldBeTooLong(told);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_body_of_30_megabytes_in_pieces_is_refused_when_the_limit_is_passed()
    {
        var told = await host.RawAsync($"{Head}Transfer-Encoding: chunked\r\n\r\n", stream => PourAsync(stream, 30, chunked: true));

        ShouldBeTooLong(told);
    }

    [Fact]
    public async Task A_client_that_sends_it_all_before_it_reads_gets_the_answer_too()
    {
        var answer = await host.SendAsync(host.GitHub("issues", new byte[30 * Megabyte]));

        answer.Status.ShouldBe(413);
        answer.Error.ShouldContain("at most");
    }

    [Fact]
    public async Task A_body_just_over_the_limit_is_refused_and_one_just_under_it_is_read()
    {
        var over = await host.SendAsync(host.GitHub("issues", Blank((5 * Megabyte) + 1)));
        var under = await host.SendAsync(host.GitHub("issues", Blank(5 * Megabyte)));

        over.Status.ShouldBe(413);
        under.Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_of_its_body_harms_nobody()
    {
        for (var i = 0; i < 20; i++)
            await host.RawAsync($"{Head}Content-Length: 100000\r\n\r\n{{\"action\":", stream => { stream.Close(); return Task.CompletedTask; });

        (await host.GetAsync("api/health")).Status.ShouldBe(200);
    }

    private static void ShouldBeTooLong(string told)
    {
        told.ShouldStartWith("HTTP/1.1 413");
        told.ShouldContain("A body has at most 5,242,880 bytes here.");
    }

    private static byte[] Blank(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)' ');
        return body;
    }

    private static async Task PourAsync(Stream stream, int megabytes, bool chunked)
    {
        var block = Blank(Megabyte);
        for (var i = 0; i < megabytes; i++)
        {
            if (chunked)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Megabyte:x}\r\n"));
            await stream.WriteAsync(block);
            if (chunked)
                await stream.WriteAsync("\r\n"u8.ToArray());
        }

        if (chunked)
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
    }
}
