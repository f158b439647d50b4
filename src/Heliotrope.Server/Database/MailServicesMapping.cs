using Heliotrope.Server.MailServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class MailServicesMapping : IEntityTypeConfiguration<MailService>, IEntityTypeConfiguration<MailServiceToken>
{
    public void Configure(EntityTypeBuilder<MailService> builder) => builder.ToTable("MailServices");

    public void Configure(EntityTypeBuilder<MailServiceToken> builder)
    {
        builder.ToTable("MailServiceTokens").HasKey(t => t.Token);
        builder.HasIndex(t => t.At);
    }
}
