using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OpenHall.Tests.Pages;

/// <summary>Makes a browser's screenshot a third of its size: at most 256 colours, which pages of flat colour hardly miss.
/// Source of the format: PNG (Third Edition), W3C.</summary>
public static class SmallPng
{
    private const int Colours = 256;

    /// <param name="png">8 bits a channel, RGB or RGBA, not interlaced: what Chromium writes.</param>
    public static byte[] Of(byte[] png)
    {
        var (width, height, rgb) = Read(png);
        var palette = new List<int>();
        var index = new Dictionary<int, byte>();
        foreach (var colour in rgb.GroupBy(c => c).OrderByDescending(g => g.Count()).Select(g => g.Key))
        {
            if (palette.Count < Colours)
            {
                index[colour] = (byte)palette.Count;
                palette.Add(colour);
            }
            else
            {
                index[colour] = (byte)Enumerable.Range(0, Colours).MinBy(i => Distance(palette[i], colour));
            }
        }

        using var lines = new MemoryStream();
        using (var packed = new ZLibStream(lines, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                packed.WriteByte(0);
                for (var x = 0; x < width; x++) packed.WriteByte(index[rgb[y * width + x]]);
            }
        }

        using var file = new MemoryStream();
        file.Write(png.AsSpan(0, 8));
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], height);
        (head[8], head[9]) = (8, 3);
        Chunk(file, "IHDR", head);
        Chunk(file, "PLTE", [.. palette.SelectMany(c => new[] { (byte)(c >> 16), (byte)(c >> 8), (byte)c })]);
        Chunk(file, "IDAT", lines.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static int Distance(int a, int b)
    {
        int red = (a >> 16 & 255) - (b >> 16 & 255), green = (a >> 8 & 255) - (b >> 8 & 255), blue = (a & 255) - (b & 255);
        return red * red + green * green + blue * blue;
    }

    /// <summary>Colours as 0xRRGGBB, each channel in steps of four, so that shades nobody tells apart are one.</summary>
    private static (int Width, int Height, int[] Rgb) Read(byte[] png)
    {
        using var data = new MemoryStream();
        int width = 0, height = 0, channels = 0;
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var body = png.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(png, at + 4, 4))
            {
                case "IHDR":
                    (width, height, channels) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]), body[9] == 6 ? 4 : 3);
                    break;
                case "IDAT":
                    data.Write(body);
                    break;
            }

            at += length + 12;
        }

        data.Position = 0;
        using var unpacked = new ZLibStream(data, CompressionMode.Decompress);
        var stride = width * channels;
        byte[] before = new byte[stride], line = new byte[stride];
        var rgb = new int[width * height];
        for (var y = 0; y < height; y++)
        {
            var filter = unpacked.ReadByte();
            unpacked.ReadExactly(line);
            for (var i = 0; i < stride; i++)
            {
                int left = i >= channels ? line[i - channels] : 0, above = before[i], corner = i >= channels ? before[i - channels] : 0;
                line[i] += (byte)(filter switch { 1 => left, 2 => above, 3 => (left + above) / 2, 4 => Paeth(left, above, corner), _ => 0 });
            }

            for (var x = 0; x < width; x++) rgb[y * width + x] = Step(line[x * channels]) << 16 | Step(line[x * channels + 1]) << 8 | Step(line[x * channels + 2]);
            (before, line) = (line, before);
        }

        return (width, height, rgb);
    }

    private static int Step(byte shade) => Math.Min(255, (shade + 2) / 4 * 4);

    private static int Paeth(int left, int above, int corner)
    {
        int guess = left + above - corner, toLeft = Math.Abs(guess - left), toAbove = Math.Abs(guess - above), toCorner = Math.Abs(guess - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void Chunk(Stream file, string kind, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(kind), .. body];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
