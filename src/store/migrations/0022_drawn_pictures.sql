-- Ids of drawings, which are drawn again from the facts and kept nowhere, are told from those of photos.
update photo_files f set sha256 = 'drawn:' || sha256
where not exists (select from photos p where p.sha256 = f.sha256);
