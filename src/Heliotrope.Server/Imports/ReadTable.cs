using System.Globalization;
using System.Text;
using CsvHelper;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>The head of a table, and its first rows to look at.</summary>
/// <param name="Heads">The words at the heads of its columns.</param>
/// <param name="Rows">The first rows.</param>
public sealed record TableHead(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Reads tables of customers: with any separator, in UTF-8, UTF-16 or the encoding of the West.</summary>
internal sealed class ReadTable(ImportFiles files)
{
    private const int LongestCell = 20_000;

    /// <summary>An open quote would make a row of the whole file.</summary>
    private const int LongestRow = 1024 * 1024;

    private const int RowsShown = 3;

    public TableHead Head(long import, ImportFile file)
    {
        using var stream = files.Open(import, file);
        using var csv = Open(stream);
        List<string> heads = HasHead(csv) ? [.. csv.Headers.Take(CsvColumns.Most).Select(head => head.Storable(LongestCell))] : [];
        var rows = new List<IReadOnlyList<string>>();
        try
        {
            while (rows.Count < RowsShown && csv.Read())
            {
                rows.Add(Row(csv));
            }
        }
        catch (CsvFormatException)
        {
            // The rows after it are told when they are read.
        }

        return new(heads, rows);
    }

    public IEnumerable<Piece> Read(Import import, Place from)
    {
        var (list, columns) = (import.FileList, import.ColumnList);
        var total = Math.Max(1, list.Sum(file => file.Size));
        for (var file = from.File; file < list.Count; file++)
        {
            using var stream = files.Open(import.Id, list[file]);
            using var csv = Open(stream);
            if (!HasHead(csv))
            {
                continue;
            }

            var before = list.Take(file).Sum(earlier => earlier.Size);
            var done = file == from.File ? from.Position : 0;
            for (var row = 1L; Next(csv) is var next && next is not Step.None; row++)
            {
                var where = string.Create(CultureInfo.InvariantCulture, $"{list[file].Name}:{(next is Step.Read ? csv.LineNumber : row + 1)}");
                var place = new Place(0, file, row);
                if (next is Step.Broken)
                {
                    yield return new(where, place, Mapped.Out("broken", ""));
                    break; // where a row has no end, nobody knows where the next one begins
                }

                if (row > done)
                {
                    yield return new(where, place, CsvColumns.Read(columns, Row(csv))) { Done = (int)Math.Min(999, (before + csv.ByteOffset) * 1000 / total) };
                }
            }
        }
    }

    private enum Step
    {
        None,
        Read,
        Broken,
    }

    private static bool HasHead(CsvReader csv)
    {
        try
        {
            csv.ReadHeader();
            return csv.Headers.Count > 0;
        }
        catch (CsvFormatException)
        {
            return false;
        }
    }

    private static Step Next(CsvReader csv)
    {
        try
        {
            return csv.Read() ? Step.Read : Step.None;
        }
        catch (CsvFormatException)
        {
            return Step.Broken;
        }
    }

    private static List<string> Row(CsvReader csv)
    {
        var row = new List<string>(csv.FieldCount);
        for (var i = 0; i < Math.Min(csv.FieldCount, CsvColumns.Most); i++)
        {
            row.Add(csv.GetString(i).Storable(LongestCell));
        }

        return row;
    }

    private static CsvReader Open(FileStream stream) => CsvReader.Create(
        stream,
        CsvReaderOptions.Default with { Encoding = EncodingOf(stream), MaxRecordSize = LongestRow, TrackLineNumbers = true, TrimWhitespace = true, IncludeValuesInExceptions = false },
        true);

    /// <summary>What is no UTF-8 and has no mark was written in the encoding of the West.</summary>
    private static Encoding? EncodingOf(FileStream stream)
    {
        const int most = 1024 * 1024;
        var head = new byte[Math.Min(stream.Length, most)];
        stream.ReadExactly(head);
        stream.Position = 0;
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return null; // the mark says which
        }

        // A letter may be cut in two where the look ends.
        var whole = head.AsSpan(0, head.Length < most ? head.Length : head.Length - 4);
        return Utf8(whole) ? null : Encoding.Latin1;
    }

    private static bool Utf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
