using System.Text;

namespace Heliotrope.Core.Imports;

/// <summary>What a column of a table of customers means.</summary>
public enum CsvField
{
    /// <summary>Nothing that is taken over.</summary>
    Ignored,
    /// <summary>The id by which the other program knows them.</summary>
    Id,
    /// <summary>The whole name.</summary>
    Name,
    /// <summary>The first name.</summary>
    FirstName,
    /// <summary>The family name.</summary>
    LastName,
    /// <summary>The mail address, or several.</summary>
    Email,
    /// <summary>A phone number.</summary>
    Phone,
    /// <summary>The organisation that they belong to.</summary>
    Organisation,
    /// <summary>The language they like to be answered in.</summary>
    Language,
    /// <summary>Their time zone.</summary>
    Zone,
    /// <summary>What is worth knowing about them.</summary>
    Notes,
}

/// <summary>Which column of a table means what: guessed from the words at its head, and changed by whoever knows better.</summary>
public static class CsvColumns
{
    /// <summary>A table with more columns is none of customers.</summary>
    public const int Most = 200;

    // In the languages of the interface and those of the customers' pages; folded: lower case, letters and digits alone.
    private static readonly Dictionary<string, CsvField> Words = new(StringComparer.Ordinal)
    {
        ["id"] = CsvField.Id,
        ["customerid"] = CsvField.Id,
        ["contactid"] = CsvField.Id,
        ["externalid"] = CsvField.Id,
        ["userid"] = CsvField.Id,
        ["kundennummer"] = CsvField.Id,
        ["kundennr"] = CsvField.Id,
        ["customernumber"] = CsvField.Id,
        ["name"] = CsvField.Name,
        ["fullname"] = CsvField.Name,
        ["displayname"] = CsvField.Name,
        ["customer"] = CsvField.Name,
        ["customername"] = CsvField.Name,
        ["contact"] = CsvField.Name,
        ["contactname"] = CsvField.Name,
        ["kunde"] = CsvField.Name,
        ["nom"] = CsvField.Name,
        ["nomcomplet"] = CsvField.Name,
        ["nombre"] = CsvField.Name,
        ["nombrecompleto"] = CsvField.Name,
        ["naam"] = CsvField.Name,
        ["nomecompleto"] = CsvField.Name,
        ["firstname"] = CsvField.FirstName,
        ["givenname"] = CsvField.FirstName,
        ["forename"] = CsvField.FirstName,
        ["vorname"] = CsvField.FirstName,
        ["prenom"] = CsvField.FirstName,
        ["prénom"] = CsvField.FirstName,
        ["nome"] = CsvField.FirstName,
        ["voornaam"] = CsvField.FirstName,
        ["lastname"] = CsvField.LastName,
        ["surname"] = CsvField.LastName,
        ["familyname"] = CsvField.LastName,
        ["nachname"] = CsvField.LastName,
        ["familienname"] = CsvField.LastName,
        ["nomdefamille"] = CsvField.LastName,
        ["apellido"] = CsvField.LastName,
        ["apellidos"] = CsvField.LastName,
        ["cognome"] = CsvField.LastName,
        ["achternaam"] = CsvField.LastName,
        ["apelido"] = CsvField.LastName,
        ["sobrenome"] = CsvField.LastName,
        ["email"] = CsvField.Email,
        ["mail"] = CsvField.Email,
        ["emailaddress"] = CsvField.Email,
        ["primaryemail"] = CsvField.Email,
        ["workemail"] = CsvField.Email,
        ["email1"] = CsvField.Email,
        ["email2"] = CsvField.Email,
        ["emailadresse"] = CsvField.Email,
        ["mailadresse"] = CsvField.Email,
        ["adressemail"] = CsvField.Email,
        ["courriel"] = CsvField.Email,
        ["correo"] = CsvField.Email,
        ["correoelectronico"] = CsvField.Email,
        ["correoelectrónico"] = CsvField.Email,
        ["emailadres"] = CsvField.Email,
        ["phone"] = CsvField.Phone,
        ["phonenumber"] = CsvField.Phone,
        ["telephone"] = CsvField.Phone,
        ["mobile"] = CsvField.Phone,
        ["mobilephone"] = CsvField.Phone,
        ["workphone"] = CsvField.Phone,
        ["tel"] = CsvField.Phone,
        ["telefon"] = CsvField.Phone,
        ["telefonnummer"] = CsvField.Phone,
        ["handy"] = CsvField.Phone,
        ["mobil"] = CsvField.Phone,
        ["téléphone"] = CsvField.Phone,
        ["telefono"] = CsvField.Phone,
        ["teléfono"] = CsvField.Phone,
        ["telefone"] = CsvField.Phone,
        ["telefoon"] = CsvField.Phone,
        ["company"] = CsvField.Organisation,
        ["companyname"] = CsvField.Organisation,
        ["organization"] = CsvField.Organisation,
        ["organisation"] = CsvField.Organisation,
        ["account"] = CsvField.Organisation,
        ["firma"] = CsvField.Organisation,
        ["unternehmen"] = CsvField.Organisation,
        ["entreprise"] = CsvField.Organisation,
        ["société"] = CsvField.Organisation,
        ["empresa"] = CsvField.Organisation,
        ["azienda"] = CsvField.Organisation,
        ["bedrijf"] = CsvField.Organisation,
        ["language"] = CsvField.Language,
        ["locale"] = CsvField.Language,
        ["lang"] = CsvField.Language,
        ["sprache"] = CsvField.Language,
        ["langue"] = CsvField.Language,
        ["idioma"] = CsvField.Language,
        ["lingua"] = CsvField.Language,
        ["taal"] = CsvField.Language,
        ["timezone"] = CsvField.Zone,
        ["zone"] = CsvField.Zone,
        ["zeitzone"] = CsvField.Zone,
        ["tz"] = CsvField.Zone,
        ["notes"] = CsvField.Notes,
        ["note"] = CsvField.Notes,
        ["comment"] = CsvField.Notes,
        ["comments"] = CsvField.Notes,
        ["description"] = CsvField.Notes,
        ["details"] = CsvField.Notes,
        ["notizen"] = CsvField.Notes,
        ["notiz"] = CsvField.Notes,
        ["bemerkung"] = CsvField.Notes,
        ["bemerkungen"] = CsvField.Notes,
        ["kommentar"] = CsvField.Notes,
        ["notas"] = CsvField.Notes,
    };

    /// <summary>Guesses what the columns mean. Where no head says so, the column in which addresses stand is the address.</summary>
    /// <param name="heads">The words at their heads.</param>
    /// <param name="first">The first row below; empty when there is none.</param>
    /// <returns>A meaning for each column.</returns>
    public static IReadOnlyList<CsvField> Guess(IReadOnlyList<string> heads, IReadOnlyList<string> first)
    {
        var fields = heads.Take(Most).Select(head => Words.GetValueOrDefault(Folded(head), CsvField.Ignored)).ToArray();
        if (!fields.Contains(CsvField.Email))
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (i < first.Count && Customers.EmailAddress.TryParse(first[i], out _))
                {
                    fields[i] = CsvField.Email;
                }
            }
        }

        // "Nome" and "Nom" are a first name only where a family name stands beside them.
        for (var i = 0; i < fields.Length; i++)
        {
            var alone = fields[i] is CsvField.FirstName && !fields.Contains(CsvField.LastName) && !fields.Contains(CsvField.Name);
            fields[i] = alone ? CsvField.Name : fields[i];
        }

        return fields;
    }

    /// <summary>Reads a customer from a row.</summary>
    /// <param name="fields">What the columns mean.</param>
    /// <param name="row">The row; shorter and longer ones are read as far as they go.</param>
    /// <returns>The person; or why the row is left out.</returns>
    public static Mapped Read(IReadOnlyList<CsvField> fields, IReadOnlyList<string> row)
    {
        var emails = All(CsvField.Email).SelectMany(cell => cell.Split([',', ';', ' ', '\n', '\r', '|'], StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var good = emails.FindAll(email => Customers.EmailAddress.TryParse(email, out _));
        var name = One(CsvField.Name) is { Length: > 0 } whole ? whole : $"{One(CsvField.FirstName)} {One(CsvField.LastName)}".Trim();
        if (good.Count == 0)
        {
            return Mapped.Out(emails.Count > 0 ? "address-broken" : name.Length > 0 ? "no-address" : "empty-row", emails.Count > 0 ? emails[0] : name);
        }

        // Without an id of its own a row is known by its first address.
        return Mapped.To(
            new ForeignPerson(One(CsvField.Id) is { Length: > 0 } id ? id : good[0].ToLowerInvariant(), name, good[0], Staff: false)
            {
                MoreEmails = good[1..],
                Phones = [.. All(CsvField.Phone)],
                Organisation = One(CsvField.Organisation),
                Language = One(CsvField.Language),
                Zone = One(CsvField.Zone),
                Notes = string.Join('\n', All(CsvField.Notes)),
            },
            good.Count < emails.Count ? ["address-broken"] : []);

        IEnumerable<string> All(CsvField field) =>
            Enumerable.Range(0, Math.Min(fields.Count, row.Count)).Where(i => fields[i] == field).Select(i => row[i].Trim()).Where(cell => cell.Length > 0);

        string One(CsvField field) => All(field).FirstOrDefault() ?? "";
    }

    private static string Folded(string head)
    {
        var folded = new StringBuilder();
        foreach (var c in head)
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }
}
