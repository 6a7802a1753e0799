using System.IO.Compression;
using System.Text;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>Small exports to feed the program with.</summary>
internal static class Export
{
    public static string Line(int id, string title = "Saving a large file crashes") =>
        $$"""{"id":"{{id}}","title":"{{title}} {{id}}","body":"Open a file of 2 GB and save it.","created_at":"2024-02-0{{id % 9 + 1}}T10:00:00Z","state":"open"}""" + "\n";

    public static string Lines(int count) => string.Concat(Enumerable.Range(1, count).Select(i => Line(i)));

    public static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>A few kilobytes that inflate to 100 MiB.</summary>
    public static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)'0');
            for (var i = 0; i < 100; i++)
                gzip.Write(block);
        }

        return packed.ToArray();
    }
}
